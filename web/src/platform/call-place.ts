// Which call this page is in, kept for the moment in which it is loaded anew and no longer: what stays in a tab's storage
// is copied with the tab, and two pages would take themselves for one.
import { newId } from "./ids";

export interface KeptPlace {
  readonly device: string;
  readonly call: string;
  readonly microphone: boolean;
  readonly camera: boolean;
  /** The answer of the waiting room. */
  readonly alone?: boolean | undefined;
}

const KEY = "call";

function take(): KeptPlace | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return kept === null ? null : (JSON.parse(kept) as KeptPlace);
  } catch {
    return null;
  }
}

/** Where this page was before it was loaded anew. */
export const takenPlace: KeptPlace | null = take();

/** This page in the eyes of the server and of the others in a call. */
export const device: string = takenPlace?.device ?? newId();

/** What `here` gives when the page goes is there again when it is loaded anew. */
export function keepPlace(here: () => Omit<KeptPlace, "device"> | null): void {
  addEventListener("pagehide", () => {
    const now = here();
    try {
      if (now) sessionStorage.setItem(KEY, JSON.stringify({ ...now, device } satisfies KeptPlace));
    } catch {
      return;
    }
  });
}
