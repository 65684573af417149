// A call that began for this person rings: a soft sound and a card, until 45 seconds after it began, or until they join (on
// any of their devices), decline (in any page of this browser), or it ends. It also rings for who connects in the meantime.
// Within quiet hours and while they are in a call it makes no sound. The sound is made here, and nothing is fetched for it.
import { effect, signal } from "@preact/signals";
import type { Call, ServerFrame, Welcome } from "../../api/protocol";
import { forgetSilenced, silence, silenced, watchSilenced } from "../../platform/silenced";
import { frameListeners, session } from "../../realtime/store";
import { isStaffRole } from "../../state/select";
import { ahead, callById, left, ownSeat, place } from "./calls";
import { isQuiet } from "./quiet";
import { chime } from "./sounds";

const LONGEST = 45_000;
const EVERY = 3_000;

/** The call that rings. */
export const ringing = signal<string | null>(null);

/** In a call already, on this device or another. */
const isBusy = (): boolean => place.peek() !== null || Object.values(session.peek().state.calls).some((call) => ownSeat(call));

let stops = () => {};

function start(call: string, ms: number): void {
  stops();
  left.value = null;
  ringing.value = call;
  const sound = () => {
    if (!isBusy() && !isQuiet(session.peek().state.me?.quiet ?? [], new Date())) chime("ring");
  };
  sound();
  const again = setInterval(sound, EVERY);
  const end = setTimeout(stopRinging, ms);
  stops = () => {
    clearInterval(again);
    clearTimeout(end);
  };
}

function stopRinging(): void {
  stops();
  ringing.value = null;
}

/** Not now: in this browser it is silent from here on. */
export function decline(): void {
  const call = ringing.peek();
  stopRinging();
  if (call) silence(call);
}

/** Nothing of it stays for who comes next. */
export function dropRinging(): void {
  stopRinging();
  forgetSilenced();
}

function heard(frame: ServerFrame): void {
  if (frame.type === "call" && frame.ring && mayRing(frame.call)) start(frame.call.id, LONGEST);
  if (frame.type === "welcome") catchUp(frame);
}

/** What began a moment ago, as the server knows the time, rings for who was not there to hear of it. */
function catchUp({ calls = [], serverTime }: Welcome): void {
  for (const call of calls) {
    const ms = LONGEST - (Date.parse(serverTime) - Date.parse(call.startedAt));
    if (ms > 0 && call.id !== ringing.peek() && isFor(call) && mayRing(call)) start(call.id, ms);
  }
}

const mayRing = (call: Call): boolean => !ownSeat(call) && place.peek()?.call !== call.id && !silenced.peek().includes(call.id);

/** As the server rings: at the clients of a team, else at everybody but who began it. */
function isFor({ conversation, startedBy }: Call): boolean {
  const { me, conversations, organisations } = session.peek().state;
  const held = conversations[conversation];
  const role = organisations.find(({ id }) => id === held?.organisation)?.role;
  return held !== undefined && startedBy !== me?.id && (!held.team || (role !== undefined && !isStaffRole(role)));
}

export function watchRinging(): void {
  frameListeners.add(heard);
  watchSilenced();
  effect(() => {
    for (const call of Object.values(session.value.state.calls)) if (ownSeat(call)) silence(call.id);
  });
  effect(() => {
    const rings = ringing.value;
    if (rings === null) return;
    const call = callById(rings);
    const looksAtIt = [place.value, ahead.value].some((at) => at && at.conversation === call?.conversation);
    if (!call || silenced.value.includes(rings)) stopRinging();
    else if (ownSeat(call) || looksAtIt) decline();
  });
}
