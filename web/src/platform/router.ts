// The address bar as a signal. Pages are chosen by path; links inside the app go through `navigate`, so that back and
// forward work as people expect, on a telephone too. A page with several steps makes an entry in the history for each;
// which step it is stands in that entry, so that it outlives a reload.
import { signal } from "@preact/signals";

interface Entry {
  /** The path from which one came here inside the app. */
  readonly from?: string;
  readonly step?: string;
}

const entry = (): Entry => (history.state as Entry | null) ?? {};

export const path = signal(location.pathname);
/** What stands after the path, from the question mark on. */
export const query = signal(location.search);
export const step = signal<string | null>(entry().step ?? null);

/** Out of a step: the browser goes back a moment after it was asked to. */
let goesBack = false;

function look(): void {
  goesBack = false;
  path.value = location.pathname;
  query.value = location.search;
  step.value = entry().step ?? null;
}

export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState({ from: location.pathname }, "", to);
  look();
}

/** To the next step of the page one is at. */
export function enter(next: string): void {
  history.pushState({ ...entry(), step: next }, "");
  look();
}

/** Out of a step that was entered, as the browser's own button does; asked twice, one is out of no more than that. */
export function leave(of: string): void {
  if (step.peek() !== of || goesBack) return;
  goesBack = true;
  history.back();
}

/** To `to` as the browser's own button would go there, so that the history does not grow by going to and fro. */
export function back(to: string): void {
  if (ask) return ask(to);
  if (entry().from === to) history.back();
  else navigate(to, { replace: true });
}

/** The rest of the path after `prefix`, or null when the path is another or is no text. */
export function after(prefix: string, of: string = path.value): string | null {
  if (!of.startsWith(prefix) || of.length === prefix.length) return null;
  try {
    return decodeURIComponent(of.slice(prefix.length));
  } catch {
    return null;
  }
}

/** For `onClick` of a link: goes there inside the app, unless the person asked for a new tab or window. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { pathname, search } = event.currentTarget as HTMLAnchorElement;
  const to = pathname + search;
  if (ask && to !== location.pathname) ask(to);
  else navigate(to);
}

type Ask = (to: string) => void;
let ask: Ask | null = null;

/**
 * Something half done is lost by going back or by following a link: then `instead` is called, with where the person
 * wanted to go, and nothing else happens. Gives how to end that.
 */
export function hold(instead: Ask): () => void {
  ask = instead;
  return () => {
    if (ask === instead) ask = null;
  };
}

/** What was half done is gone. */
export function letGo(): void {
  ask = null;
}

export const isHeld = (): boolean => ask !== null;

export function watchTheAddress(): void {
  addEventListener("popstate", () => {
    if (!ask || location.pathname === path.peek()) return look();
    const to = location.pathname;
    history.pushState({ from: to }, "", path.peek());
    ask(to);
  });
}
