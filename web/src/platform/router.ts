// The address bar as a signal. Pages are chosen by path; links inside the app go through `navigate`, so that back and
// forward work as people expect, on a telephone too.
import { signal } from "@preact/signals";
import { decoded } from "./decoded";

export const path = signal(location.pathname);

export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (to === location.pathname) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState({ from: location.pathname }, "", to);
  path.value = location.pathname;
}

/** To `to` as the browser's own button would go there, so that the history does not grow by going to and fro. */
export function back(to: string): void {
  const from = (history.state as { from?: string } | null)?.from;
  if (from === to) history.back();
  else navigate(to, { replace: true });
}

/** The rest of the path after `prefix`, or null when the path is another. */
export function after(prefix: string, of: string = path.value): string | null {
  return of.startsWith(prefix) && of.length > prefix.length ? decoded(of.slice(prefix.length)) : null;
}

/** For `onClick` of a link: goes there inside the app, unless the person asked for a new tab or window. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  navigate((event.currentTarget as HTMLAnchorElement).pathname);
}

export function watchTheAddress(): void {
  addEventListener("popstate", () => (path.value = location.pathname));
}
