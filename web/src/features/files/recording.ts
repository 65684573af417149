// The recording under way, at most one: it goes into the tray of its conversation when it is done, also when one leaves the
// conversation meanwhile, so that nothing said is lost. Closing the page asks first.
import { signal } from "@preact/signals";
import type { Key } from "../../i18n/text";
import { state } from "../../realtime/store";
import { LONGEST, Recorder, type Heard } from "./recorder";
import { choose } from "./uploads";

export interface Recording {
  readonly conversation: string;
  readonly phase: "asking" | "recording" | "paused";
}

export const recording = signal<Recording | null>(null);
export const heard = signal<Heard>({ ms: 0, level: 0 });
/** What went wrong with the last one, or why it ended by itself, and where. */
export const told = signal<{ readonly conversation: string; readonly text: Key } | null>(null);

const REASONS: Readonly<Record<string, Key>> = {
  NotAllowedError: "record.notAllowed",
  NotFoundError: "record.noMicrophone",
  NotReadableError: "record.inUse",
};

let recorder: Recorder | null = null;

const ask = (event: Event) => event.preventDefault();

export async function start(conversation: string): Promise<void> {
  if (recording.peek()) return;
  const asked: Recording = { conversation, phase: "asking" };
  told.value = null;
  heard.value = { ms: 0, level: 0 };
  recording.value = asked;
  try {
    const begun = await Recorder.start({
      heard: (now) => (heard.value = now),
      done: (file, ms) => done(conversation, file, ms),
    });
    if (recording.peek() !== asked) return begun.drop();
    recorder = begun;
    recording.value = { conversation, phase: "recording" };
    addEventListener("beforeunload", ask);
  } catch (cause) {
    if (recording.peek() !== asked) return;
    recording.value = null;
    told.value = { conversation, text: REASONS[cause instanceof DOMException ? cause.name : ""] ?? "record.failed" };
  }
}

export function pause(): void {
  recorder?.pause();
  become("paused");
}

export function resume(): void {
  recorder?.resume();
  become("recording");
}

function become(phase: Recording["phase"]): void {
  const now = recording.peek();
  if (now) recording.value = { ...now, phase };
}

export function finish(): void {
  recorder?.finish();
  end();
}

export function cancel(): void {
  recorder?.drop();
  end();
}

function end(): void {
  recorder = null;
  recording.value = null;
  removeEventListener("beforeunload", ask);
}

function done(conversation: string, file: File, ms: number): void {
  end();
  if (!state.peek().me) return;
  choose(conversation, [file], { duration: ms });
  if (ms >= LONGEST) told.value = { conversation, text: "record.longest" };
}
