// Whether the person can be looking at this page: shown, and its window focused. Only then may something count as read.
import { signal } from "@preact/signals";

const looking = () => document.visibilityState === "visible" && document.hasFocus();

export const attention = signal(looking());

export function watchAttention(): void {
  const look = () => (attention.value = looking());
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  addEventListener("blur", look);
}
