// Real-time text (EN 301 549, 6.2): what somebody types is seen by the others while they type, at most half a second later.
// Enter begins a new line. Nothing of it is kept.
import { signal } from "@preact/signals";
import { device } from "../../platform/call-place";
import { sayNow } from "../../realtime/client";

export interface TypedLine {
  readonly person: string;
  readonly line: number;
  readonly text: string;
  readonly at: number;
  /** Its person is at the next line. */
  readonly done: boolean;
}

const AT_MOST_EVERY = 250;
const KEPT = 30;

/** The lines of everybody, oneself included, the oldest first. */
export const typedLines = signal<readonly TypedLine[]>([]);

/** The laws of a line that was heard of: it takes the place of what stood in it, and those before it are done. */
export function put(lines: readonly TypedLine[], person: string, line: number, text: string, at: number): readonly TypedLine[] {
  const isIt = (one: TypedLine) => one.person === person && one.line === line;
  const known = lines.some(isIt);
  const before = lines.map((one) => (one.person === person && one.line < line && !one.done ? { ...one, done: true } : one));
  const now = { person, line, text, at, done: false };
  const next = known ? before.map((one) => (isIt(one) ? now : one)) : [...before, now];
  return next.filter(({ text: words, done }) => words || !done).slice(-KEPT);
}

const SEEN_FOR = 60_000;

/** What was typed and done long ago makes room. */
export const recent = (lines: readonly TypedLine[], now: number): readonly TypedLine[] =>
  lines.filter(({ done, at }) => !done || now - at < SEEN_FOR);

export const heardTyped = (person: string, line: number, text: string): void => {
  typedLines.value = put(typedLines.peek(), person, line, text, Date.now());
};

let line = Date.now();
let timer: ReturnType<typeof setTimeout> | undefined;
let saidAt = 0;
let say = () => {};

/** What stands in one's own line now. */
export function type(call: string, me: string, text: string): void {
  typedLines.value = put(typedLines.peek(), me, line, text, Date.now());
  say = () => {
    clearTimeout(timer);
    timer = undefined;
    saidAt = Date.now();
    sayNow({ type: "call_type", call, device, line, text });
  };
  if (timer === undefined) timer = setTimeout(() => say(), Math.max(0, saidAt + AT_MOST_EVERY - Date.now()));
}

/** One's own line is done. */
export function nextLine(call: string, me: string): void {
  if (timer !== undefined) say();
  line += 1;
  type(call, me, "");
}

export function forgetTyped(): void {
  clearTimeout(timer);
  timer = undefined;
  typedLines.value = [];
}
