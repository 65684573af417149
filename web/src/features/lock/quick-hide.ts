// Pressing Escape twice hides the app at once, for who is looked at over the shoulder: with a PIN it locks, without one a
// page without a word of it stands before it until the person goes on.
import { signal } from "@preact/signals";
import { lockState } from "./here";
import { lock } from "./lock";

const TWICE_WITHIN = 400;

export const covered = signal(false);

export function watchQuickHide(): void {
  let before = -TWICE_WITHIN;
  const onKey = ({ key, timeStamp, repeat }: KeyboardEvent) => {
    if (key !== "Escape" || repeat || document.querySelector("dialog[open]")) return;
    const twice = timeStamp - before < TWICE_WITHIN;
    before = twice ? -TWICE_WITHIN : timeStamp;
    if (twice) hide();
  };
  // Fields take the key for themselves; this hears of it before they do. In a dialog it closes that, or asks whether to.
  addEventListener("keydown", onKey, { capture: true });
}

function hide(): void {
  if (lockState.peek() === "open") lock();
  else if (lockState.peek() === "none") covered.value = true;
}
