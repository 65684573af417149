// Locks the app when the person has been away from it for as long as they set: its window not looked at, or hidden. While it
// is hidden nothing of it is drawn, so that neither the system's list of apps nor a moment of coming back shows a word.
// Choosing a file hides the page too; that is not going away.
import { effect } from "@preact/signals";
import { attention } from "../../platform/attention";
import { place } from "../calls/calls";
import { closeBehind, lock, lockState, minutesAway } from "./lock";

const CHOOSING_TAKES = 120_000;

let leftAt: number | null = null;
let choosingUntil = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export function watchAway(): void {
  effect(() => (attention.value ? back() : left()));
  document.addEventListener("visibilitychange", () => {
    const isHidden = document.visibilityState === "hidden";
    if (isHidden && minutesAway.peek() === 0) lockIfDue(0);
    if (!isHidden && leftAt !== null) lockIfDue(Date.now() - leftAt);
    curtain(isHidden);
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === "file") choosingUntil = Date.now() + CHOOSING_TAKES;
  });
  effect(() => {
    if (place.value === null && leftAt !== null) lockIfDue(Date.now() - leftAt);
  });
  addEventListener("pagehide", closeBehind);
  addEventListener("pageshow", (event) => {
    if (event.persisted) lock();
  });
}

function left(): void {
  leftAt ??= Date.now();
  const minutes = minutesAway.peek();
  if (minutes > 0) timer = setTimeout(() => lockIfDue(minutes * 60_000), minutes * 60_000);
}

function back(): void {
  clearTimeout(timer);
  if (leftAt !== null) lockIfDue(Date.now() - leftAt);
  leftAt = null;
}

/** With "at once", hiding the page locks; looking at another window beside it does not. */
function lockIfDue(away: number): void {
  const minutes = minutesAway.peek();
  if (lockState.peek() !== "open" || place.peek() !== null || Date.now() < choosingUntil) return;
  if (minutes === 0 ? document.visibilityState === "hidden" : away >= minutes * 60_000) lock();
}

function curtain(down: boolean): void {
  if (lockState.peek() === "open" && down) document.documentElement.dataset["hidden"] = "";
  else delete document.documentElement.dataset["hidden"];
}
