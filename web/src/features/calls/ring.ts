// A call that began for this person now rings: a soft sound and a card, for 45 seconds at most, until they join (on any of
// their devices), decline, or it ends. Within quiet hours and while they are in a call it makes no sound. The sound is
// made here, and nothing is fetched for it.
import { effect, signal } from "@preact/signals";
import type { ServerFrame } from "../../api/protocol";
import { frameListeners, session } from "../../realtime/store";
import { ahead, callById, ownSeat, place } from "./calls";
import { isQuiet } from "./quiet";
import { chime } from "./sounds";

const LONGEST = 45_000;
const EVERY = 3_000;

/** The call that rings. */
export const ringing = signal<string | null>(null);

/** In a call already, on this device or another. */
const isBusy = (): boolean => place.peek() !== null || Object.values(session.peek().state.calls).some((call) => ownSeat(call));

let stops = () => {};

function start(call: string): void {
  stops();
  ringing.value = call;
  const sound = () => {
    if (!isBusy() && !isQuiet(session.peek().state.me?.quiet ?? [], new Date())) chime("ring");
  };
  sound();
  const again = setInterval(sound, EVERY);
  const end = setTimeout(stopRinging, LONGEST);
  stops = () => {
    clearInterval(again);
    clearTimeout(end);
  };
}

/** Not now: on this device it is silent from here on. */
export function stopRinging(): void {
  stops();
  ringing.value = null;
}

function heard(frame: ServerFrame): void {
  if (frame.type === "call" && frame.ring && !ownSeat(frame.call)) start(frame.call.id);
}

export function watchRinging(): void {
  frameListeners.add(heard);
  effect(() => {
    const rings = ringing.value;
    if (rings === null) return;
    const call = callById(rings);
    if (!call || ownSeat(call) || [place.value, ahead.value].some((at) => at?.conversation === call.conversation)) stopRinging();
  });
}
