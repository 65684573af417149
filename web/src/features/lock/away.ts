// Locks the app when the person has been away from it for as long as they set: its window not looked at, or hidden. While it
// is hidden nothing of it is drawn, so that neither the system's list of apps nor a moment of coming back shows a word.
// Choosing a file hides the page too; that is not going away, for as long as choosing takes. What counts is when they left,
// not that a timer ran: a device that sleeps runs none. A page that is hidden may not come back, so what is left is written first.
import { effect } from "@preact/signals";
import { attention } from "../../platform/attention";
import { place } from "../calls/calls";
import { lockState, minutesAway } from "./here";
import { flush } from "./keeping";
import { closeBehind, lock } from "./lock";

const CHOOSING_TAKES = 120_000;
/** After the choice the page is shown again, not always before it hears of it. */
const RETURNING_TAKES = 5_000;

let leftAt: number | null = null;
let hiddenAt: number | null = null;
let choosingUntil = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

const isHidden = () => document.visibilityState === "hidden";
const isOfFiles = (target: EventTarget | null) => target instanceof HTMLInputElement && target.type === "file";

export function watchAway(): void {
  hiddenAt = isHidden() ? Date.now() : null;
  effect(() => (attention.value ? back() : left()));
  effect(() => {
    void [lockState.value, minutesAway.value, place.value];
    judge();
  });
  document.addEventListener("visibilitychange", () => {
    if (isHidden()) {
      hiddenAt ??= Date.now();
      void flush();
    }
    judge();
    if (!isHidden()) hiddenAt = null;
    curtain(isHidden());
  });
  document.addEventListener("click", ({ target }) => {
    if (isOfFiles(target)) choosingUntil = Date.now() + CHOOSING_TAKES;
  });
  for (const end of ["change", "cancel"]) document.addEventListener(end, chosen, { capture: true });
  addEventListener("pagehide", closeBehind);
  addEventListener("pageshow", (event) => {
    if (event.persisted) lock();
  });
}

function left(): void {
  leftAt ??= Date.now();
  judge();
}

function back(): void {
  judge();
  leftAt = null;
}

/** They were here until now. */
function chosen({ target }: Event): void {
  if (!isOfFiles(target)) return;
  choosingUntil = attention.peek() ? 0 : Date.now() + RETURNING_TAKES;
  if (leftAt !== null) leftAt = Date.now();
  judge();
}

/** Locks when it is time, or sets the clock for when it will be. With "at once", not looking at the page is not yet leaving. */
function judge(): void {
  clearTimeout(timer);
  const minutes = minutesAway.peek();
  const since = minutes === 0 ? hiddenAt : leftAt;
  if (since === null || lockState.peek() !== "open" || place.peek() !== null) return;
  const wait = Math.max(since + minutes * 60_000, choosingUntil) - Date.now();
  if (wait <= 0) lock();
  else timer = setTimeout(judge, wait);
}

function curtain(down: boolean): void {
  if (lockState.peek() === "open" && down) document.documentElement.dataset["hidden"] = "";
  else delete document.documentElement.dataset["hidden"];
}
