// The call that this page is in: it follows `place`, asks the server in, and keeps the engine in step with who is there. Its
// laws:
// 1. A device that was in is in again after each `welcome`.
// 2. Who goes to another call is out of the one before once they are let into it, and shows it no screen unasked.
// 3. Out of the call everything is let go: camera, microphone, connections.
import { effect, signal } from "@preact/signals";
import type { CallAdmitted, CallJoined, ServerFrame } from "../../api/protocol";
import { device } from "../../platform/call-place";
import { askOfCall, sayNow } from "../../realtime/client";
import { frameListeners } from "../../realtime/store";
import { keepAwake } from "./awake";
import { ahead, callById, goAhead, own, place, type Place } from "./calls";
import { hear } from "./hearing";
import { begin, closeMedia, connections, follow, hearMedia, restart, send, takeRelays } from "./media";
import { closeOwn, openOwn, ownTracks, share } from "./own-media";
import { closePicture } from "./picture-in-picture";
import { forgetTyped, heardTyped } from "./typed";
import { watchQuality } from "./watching";

/** Why the server did not let this page in, in its own words; `line`: it did not answer. */
export const refusal = signal<string | null>(null);

let stops: (() => void)[] = [];

/** Asks the server in: to the call, or to a new one. */
export async function join(): Promise<void> {
  const now = place.peek();
  if (!now) return;
  refusal.value = null;
  if (now.phase === "lobby") place.value = { ...now, phase: "joining" };
  const answer = await ask(now);
  const here = place.peek();
  if (here?.conversation !== now.conversation) return notAnyMore(answer);
  if (answer?.type === "call_joined") return joined(here, answer);
  // Without an answer the line is gone: after the next `welcome` it is asked again, where there is a call to come back to.
  if (answer === null && now.phase !== "lobby") return;
  refusal.value = answer?.type === "refused" ? answer.text : LINE;
  place.value = { ...here, phase: "lobby" };
}

/** Law 2. */
export async function joinAhead(): Promise<void> {
  const now = ahead.peek();
  if (!now) return;
  refusal.value = null;
  ahead.value = { ...now, phase: "joining" };
  const answer = await ask(now);
  const here = ahead.peek();
  // The call before ended meanwhile: this one has its place.
  if (!here && place.peek()?.conversation === now.conversation) return join();
  if (here?.conversation !== now.conversation) return notAnyMore(answer);
  if (answer?.type !== "call_joined") {
    refusal.value = answer?.type === "refused" ? answer.text : LINE;
    ahead.value = { ...here, phase: "lobby" };
    return;
  }
  goAhead(answer.call);
  const there = place.peek();
  if (there) joined(there, answer);
}

const ask = ({ call, conversation }: Place) =>
  askOfCall((request) => (call ? { type: "join_call", request, call, device } : { type: "start_call", request, conversation, device }));

function notAnyMore(answer: Awaited<ReturnType<typeof ask>>): void {
  if (answer?.type === "call_joined") sayNow({ type: "leave_call", call: answer.call, device });
}

/** In place of the server's words where it did not answer. */
export const LINE = "";

function joined(here: Place, answer: CallJoined): void {
  takeRelays(answer.servers);
  become(here, answer.call, answer.state === "waiting" ? "waiting" : "in");
}

function admitted(answer: CallAdmitted): void {
  const here = place.peek();
  if (here?.call !== answer.call) return;
  takeRelays(answer.servers);
  become(here, answer.call, "in");
}

function become(here: Place, call: string, phase: "waiting" | "in"): void {
  const known = callById(call);
  if (phase === "in" && known) begin(known);
  place.value = { ...here, call, phase };
  sayTracks();
}

function heard(frame: ServerFrame): void {
  const now = place.peek();
  if (!now?.call) return;
  if (frame.type === "welcome" && now.phase !== "lobby" && callById(now.call)) return void join();
  if (!("call" in frame) || frame.call !== now.call) return;
  if (frame.type === "call_admitted") admitted(frame);
  else if (frame.type === "call_type") heardTyped(frame.person, frame.line, frame.text);
  else if (now.phase === "in") hearMedia(frame);
}

/** What others can hear and see of this person. */
function sayTracks(): void {
  const now = place.peek();
  if (!now?.call || now.phase !== "in") return;
  const { microphone, camera, screen } = ownTracks.peek();
  const on = { microphone: Boolean(microphone) && own.peek().microphone, camera: Boolean(camera), screen: Boolean(screen) };
  sayNow({ type: "call_tracks", call: now.call, device, ...on });
}

/** Connections are of one call; the next begins with none. */
function keepToOneCall(): () => void {
  let of: string | null = null;
  return effect(() => {
    const call = place.value?.call ?? null;
    if (of !== null && of !== call) {
      closeMedia();
      forgetTyped();
      void share(false);
      send(ownTracks.peek());
    }
    of = call;
  });
}

/** From the test of devices on, until `leaveRoom`. */
export function enterRoom(): void {
  const network = (navigator as Navigator & { connection?: EventTarget }).connection;
  frameListeners.add(heard);
  addEventListener("online", restart);
  network?.addEventListener("change", restart);
  stops = [
    () => frameListeners.delete(heard),
    () => removeEventListener("online", restart),
    () => network?.removeEventListener("change", restart),
    keepToOneCall(),
    effect(() => {
      send(ownTracks.value);
      void own.value;
      sayTracks();
    }),
    effect(() => {
      const call = callById(place.value?.call);
      if (call && place.value?.phase === "in") follow(call);
    }),
    hear(),
    watchQuality(connections),
    keepAwake(),
  ];
  void openOwn().then(() => {
    if (place.peek()?.phase === "joining") void join();
  });
}

/** Law 3. */
export function leaveRoom(): void {
  stops.forEach((stop) => stop());
  stops = [];
  closeMedia();
  closeOwn();
  void closePicture();
  forgetTyped();
  refusal.value = null;
}
