// Going to one message, wherever it is: its conversation is opened, what lies in between is fetched, and the log shows it,
// marks it for a moment and puts the focus on it. The log does the going (`use-log.ts`); this says where to.
import { signal } from "@preact/signals";
import { navigate } from "../../platform/router";

export interface Destination {
  readonly conversation: string;
  readonly seq: number;
}

/** Where the log still has to go. */
export const destination = signal<Destination | null>(null);

/** `replace`: in the place of the page one is at, for going back. */
export function goTo(conversation: string, seq: number, { replace = false }: { replace?: boolean } = {}): void {
  destination.value = { conversation, seq };
  navigate(`/gesprekken/${conversation}`, { replace });
}

const MARKED = 2_500;

/** Shows a message that is drawn in the middle of the log; false when it is not drawn. */
export function arrive(log: HTMLElement, seq: number): boolean {
  const line = log.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  if (!line) return false;
  const { top, height } = line.getBoundingClientRect();
  log.scrollTop += top - log.getBoundingClientRect().top - Math.max(0, (log.clientHeight - height) / 2);
  line.tabIndex = -1;
  line.focus({ preventScroll: true });
  line.dataset["found"] = "";
  setTimeout(() => delete line.dataset["found"], MARKED);
  return true;
}
