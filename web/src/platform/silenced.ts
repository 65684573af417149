// Which calls ring no more in this browser: by their ids, so that a no said in one page holds in its others, and after
// a page is loaded anew. Nothing else of a call is kept.
import { signal } from "@preact/signals";

const KEY = "zorg.silenced";
const KEPT = 20;

function kept(): readonly string[] {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(known) ? known.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export const silenced = signal(kept());

export function silence(id: string): void {
  if (silenced.peek().includes(id)) return;
  silenced.value = [...new Set([...kept(), ...silenced.peek(), id])].slice(-KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(silenced.peek()));
  } catch {
    return;
  }
}

/** Nothing stays for who comes next. */
export function forgetSilenced(): void {
  silenced.value = [];
  try {
    localStorage.removeItem(KEY);
  } catch {
    return;
  }
}

export function watchSilenced(): void {
  addEventListener("storage", ({ key }) => {
    if (key === KEY) silenced.value = kept();
  });
}
