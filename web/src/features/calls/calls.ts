// What every page knows of video calls: which go on, which rings, and where this page is in one. Everything else (devices,
// pictures, sound) is fetched when somebody goes to a call. The call's own screen is a step of the page that one was at.
// Looking at another call leaves nothing: only who is let into that one is out of the one before.
import { batch, effect, signal } from "@preact/signals";
import type { Call, Seat, ServerFrame } from "../../api/protocol";
import { device, keepPlace, takenPlace } from "../../platform/call-place";
import { enter, leave, navigate, path, step } from "../../platform/router";
import { sayNow } from "../../realtime/client";
import { frameListeners, session } from "../../realtime/store";
import { nameById } from "../../state/select";

export type Phase = "lobby" | "joining" | "waiting" | "in";

export interface Place {
  readonly conversation: string;
  /** Null while a call is about to be started. */
  readonly call: string | null;
  readonly phase: Phase;
  /** What the person answered in the waiting room: whether they are alone. Said again after each joining. */
  readonly alone?: boolean | undefined;
}

const STEP = "call";

/** Where this page is in a call; null for nowhere. */
export const place = signal<Place | null>(null);
/** The test of devices of another call, which one looks at while one is in a call. */
export const ahead = signal<Place | null>(null);
/** Of oneself, in the call that this page is in. */
export const own = signal({ microphone: true, camera: true });
/** Why this page is in a call no more, where the person did not ask for it. */
export const left = signal<"elsewhere" | "sent_away" | "gone" | "ended" | null>(null);

export const isShown = (): boolean => place.value !== null && step.value === STEP;

export const show = (): void => {
  if (step.peek() !== STEP) enter(STEP);
};
export const hide = (): void => leave(STEP);

const all = () => session.value.state.calls;

export const callIn = (conversation: string): Call | undefined =>
  Object.values(all()).find((call) => call.conversation === conversation);

export const callById = (id: string | null | undefined): Call | undefined => (id ? all()[id] : undefined);

export const ownSeat = (call: Call | undefined): Seat | undefined =>
  call?.seats.find((seat) => seat.person === session.value.state.me?.id);

export const nameInCall = (call: Call | undefined, person: string): string => {
  const known = call?.people.find((one) => one.id === person);
  return known ? `${known.firstName} ${known.lastName}`.trim() : nameById(session.value.state, person);
};

/** To the call of a conversation, or to start one: first to the test of devices. */
export function goToCall(conversation: string): void {
  const to = `/gesprekken/${conversation}`;
  if (path.peek() !== to) navigate(to);
  const now = place.peek();
  const lobby: Place = { conversation, call: callIn(conversation)?.id ?? null, phase: "lobby" };
  const inside = now !== null && now.phase !== "lobby";
  if (now?.conversation === conversation) ahead.value = null;
  else if (inside) ahead.value = lobby;
  else {
    own.value = { microphone: true, camera: true };
    place.value = lobby;
  }
  if (now?.conversation !== conversation) left.value = null;
  show();
}

/** Back from the test of devices of another call: the one that this page is in goes on. */
export function turnBack(): void {
  ahead.value = null;
  hide();
}

/** Let into the call that was ahead, one is out of the one before. */
export function goAhead(call: string): void {
  const [before, next] = [place.peek(), ahead.peek()];
  if (!before || !next) return;
  sayLeave(before);
  batch(() => {
    ahead.value = null;
    place.value = { ...next, call, phase: "joining" };
  });
}

/** Out of the call, the waiting room or the test of devices. */
export function hangUp(): void {
  const now = place.peek();
  if (!now) return;
  sayLeave(now);
  place.value = null;
  hide();
}

function sayLeave({ call, phase }: Place): void {
  if (call && phase !== "lobby") sayNow({ type: "leave_call", call, device });
}

function heard(frame: ServerFrame): void {
  const now = place.peek();
  if (frame.type === "welcome") return comeBack();
  if (!now) return;
  if (frame.type === "call") for (const lobby of [place, ahead]) begins(lobby, frame.call);
  if (frame.type === "call_ended" && frame.call === ahead.peek()?.call) {
    left.value = "ended";
    turnBack();
  }
  if (frame.type === "call_ended" && frame.call === now.call) goOut("ended");
  if (frame.type === "call_left" && frame.call === now.call && frame.device === device) goOut(frame.reason);
}

function begins(lobby: typeof place, { id, conversation }: Call): void {
  const now = lobby.peek();
  if (now?.phase === "lobby" && !now.call && conversation === now.conversation) lobby.value = { ...now, call: id };
}

/** Who looks at another call goes on doing so. */
function goOut(why: NonNullable<typeof left.value>): void {
  const next = ahead.peek();
  batch(() => {
    place.value = next && { ...next, phase: "lobby" };
    ahead.value = null;
    left.value = why;
  });
  if (!next) hide();
}

let taken = takenPlace;

/** A page that was loaded anew is in its call again; one whose call ended while it had no line is told so. */
function comeBack(): void {
  const kept = taken;
  taken = null;
  const again = callById(kept?.call);
  if (kept && again) {
    own.value = { microphone: kept.microphone, camera: kept.camera };
    place.value = { conversation: again.conversation, call: again.id, phase: "joining", alone: kept.alone };
  }
  const next = ahead.peek();
  if (next?.call && !callById(next.call)) turnBack();
  const now = place.peek();
  if (now?.call && !callById(now.call)) goOut("ended");
}

export function watchCalls(): void {
  frameListeners.add(heard);
  keepPlace(() => {
    const now = place.peek();
    return now?.call && now.phase !== "lobby" ? { call: now.call, alone: now.alone, ...own.peek() } : null;
  });
  effect(() => {
    if (step.value === STEP) return;
    ahead.value = null;
    if (place.peek()?.phase === "lobby") place.value = null;
  });
}

/** Nothing of a call is kept for who comes next. */
export function dropCalls(): void {
  place.value = null;
  ahead.value = null;
  left.value = null;
}
