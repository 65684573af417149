// Into a call: what this page asks of the server, and what becomes of the answer. Its laws:
// 1. Who goes to another call is out of the one before once they are let into it.
// 2. What somebody answered in the waiting room is said again after each joining.
import { signal } from "@preact/signals";
import type { CallAdmitted, CallJoined } from "../../api/protocol";
import { device } from "../../platform/call-place";
import { askOfCall, sayNow } from "../../realtime/client";
import { ahead, callById, goAhead, own, place, type Place } from "./calls";
import { begin, takeRelays } from "./media";
import { ownTracks } from "./own-media";

/** Why the server did not let this page in, in its own words; `line`: it did not answer. */
export const refusal = signal<string | null>(null);

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

/** Law 1. */
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
  sayAnswer();
}

/** Whether the person who waits is alone, and can speak freely. */
export function answerQuestion(alone: boolean): void {
  const now = place.peek();
  if (now) place.value = { ...now, alone };
  sayAnswer();
}

/** Law 2. */
function sayAnswer(): void {
  const now = place.peek();
  if (now?.call && now.phase === "waiting" && now.alone !== undefined) sayNow({ type: "call_ready", call: now.call, device, alone: now.alone });
}

export function admitted(answer: CallAdmitted): void {
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

/** What others can hear and see of this person. */
export function sayTracks(): void {
  const now = place.peek();
  if (!now?.call || now.phase !== "in") return;
  const { microphone, camera, screen } = ownTracks.peek();
  const on = { microphone: Boolean(microphone) && own.peek().microphone, camera: Boolean(camera), screen: Boolean(screen) };
  sayNow({ type: "call_tracks", call: now.call, device, ...on });
}
