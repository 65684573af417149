// What another app hands over by the system's "share": text and files. The system posts it to `/delen`, where the service
// worker takes it, in memory only, and sends the page there, which asks for it at once. It never goes to the server that way,
// and the person chooses for which conversation it is before anything else happens.
import { signal } from "@preact/signals";

export interface Shared {
  readonly text: string;
  readonly files: readonly File[];
}

export const PLACE = "/delen";
export const ASKED = "shared";

/** What was shared and waits for a conversation to be chosen. */
export const received = signal<Shared | null>(null);

/** Whether a request is the system's, with something to share. */
export const isSharing = (request: Request): boolean => request.method === "POST" && new URL(request.url).pathname === PLACE;

/** Reads what was posted: title, text and address as lines, and the files. */
export async function sharedIn(request: Request): Promise<Shared> {
  const form = await request.formData();
  const lines = ["title", "text", "url"].map((name) => form.get(name)).filter((line): line is string => typeof line === "string");
  const files = form.getAll("files").filter((file): file is File => typeof file !== "string" && file.size > 0);
  return { text: [...new Set(lines.map((line) => line.trim()).filter(Boolean))].join("\n"), files };
}

/** Asks the worker for what it took, when the page was opened for that. */
export function takeShared(): void {
  const worker = location.pathname === PLACE ? navigator.serviceWorker?.controller : null;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<Shared | null>) => (received.value = data);
  worker.postMessage(ASKED, [port2]);
}
