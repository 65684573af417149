// The present moment as a signal, so that what depends on it is drawn anew in time: at the moment that somebody waits
// for, and when the page comes back into sight after a sleep. A quarter of an hour at most passes in between, so that
// "today" is today.
import { signal } from "@preact/signals";

const LONGEST = 15 * 60_000;
const now = signal(Date.now());
let timer: ReturnType<typeof setTimeout> | undefined;
let due = Infinity;

function look(): void {
  clearTimeout(timer);
  due = Infinity;
  now.value = Date.now();
}

/** The present moment; whoever reads it is drawn anew at `moment`, or somewhat before and then again. */
export function nowUntil(moment: number | null): number {
  const at = Math.min(moment ?? Infinity, Date.now() + LONGEST);
  if (at < due) {
    clearTimeout(timer);
    due = at;
    timer = setTimeout(look, Math.max(0, at - Date.now()) + 50);
  }
  return Math.max(now.value, Date.now());
}

export function watchTime(): void {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
}
