// Ties the pure session to the socket, the clock and the store, and gives the screens their verbs. Receipts for what
// reached this device are said a moment after the last event, so that a burst of messages is answered by one frame.
import { batch } from "@preact/signals";
import { MAX_HISTORY, type CallJoined, type ClientFrame, type Done, type Found, type Reaction, type Refused, type Relay, type ServerFrame } from "../api/protocol";
import { attention } from "../platform/attention";
import { newId } from "../platform/ids";
import { isStaff } from "../state/select";
import type { Alteration, Pending } from "../state/state";
import { Connection, type Socket } from "./connection";
import { gather } from "./gather";
import { CALLS, Questions, SEARCHES } from "./questions";
import { START, step, type Content, type Input, type Session } from "./session";
import { ended, fileListeners, frameListeners, session, state } from "./store";

const REACHED_AFTER = 150;
const QUIET_AFTER = 6_100;
const AGAIN_AFTER = 4_000;
const AWAY_AFTER = 5 * 60_000;
const LATE_AFTER = 10_000;
const LATE_WITHOUT_LINE = 2_000;

function open(): Socket {
  const url = new URL("/socket", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(url) as Socket;
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

const connection = new Connection(
  { open, random: Math.random, online: () => navigator.onLine, after },
  {
    opened: () => run({ type: "opened" }),
    heard: take,
    closed: () => {
      frames.flush();
      run({ type: "closed" });
      searches.drop();
      callQuestions.drop();
      watchAll();
    },
    ended: (why) => (ended.value = why),
  },
);

function run(input: Input): void {
  const [next, said] = step(session.peek(), input, Date.now());
  session.value = next;
  for (const frame of said) connection.say(frame);
}

const frames = gather<ServerFrame>((all) => batch(() => all.forEach(heard)), after);

const ANSWERS: ReadonlySet<ServerFrame["type"]> = new Set(["found", "call_joined", "relay", "done"]);
const isAnswer = (frame: ServerFrame): boolean => ANSWERS.has(frame.type) || (frame.type === "refused" && typeof frame.request === "number");

/** Who waits for an answer acts on it before the frame behind it is told of: within a burst they would do so only after all of it. */
function take(frame: ServerFrame): void {
  frames.add(frame);
  if (isAnswer(frame)) frames.flush();
}

let willSayReached = false;

function heard(frame: ServerFrame): void {
  if (ended.peek() === "another") return;
  const known = state.peek().me;
  if (frame.type === "welcome" && known && known.id !== frame.me.id) {
    ended.value = "another";
    return connection.stop();
  }
  run({ type: "frame", frame });
  answer(frame);
  if (frame.type === "file") fileListeners.forEach((tell) => tell(frame.file));
  frameListeners.forEach((tell) => tell(frame));
  if (frame.type === "welcome") {
    sayAttending();
    connection.steady();
    watchAll();
  }
  if (frame.type === "typing") after(QUIET_AFTER, () => run({ type: "quiet" }));
  if (frame.type === "refused" && frame.retry) after(AGAIN_AFTER, () => tryAgain(frame));
  if (willSayReached) return;
  willSayReached = true;
  after(REACHED_AFTER, () => {
    willSayReached = false;
    run({ type: "reached" });
  });
}

let forgetWatches: (() => void)[] = [];

/** What was written is to be acknowledged soon. Without a line the person soon hears that it is not. */
function watch(ids: readonly string[]): void {
  const ms = session.peek().link === "up" ? LATE_AFTER : LATE_WITHOUT_LINE;
  if (ids.length > 0) forgetWatches.push(after(ms, () => run({ type: "overdue", ids })));
}

/** The line came or went: everything that waits gets a new time. */
function watchAll(): void {
  forgetWatches.forEach((forget) => forget());
  forgetWatches = [];
  watch(state.peek().pending.filter((p) => p.status === "waiting").map((p) => p.id));
}

const seen = new Map<string, number>();

/** Like `received`, gathered for a moment: while messages pour in or the log is scrolled, each would be a frame. */
export function shown(conversation: string, seq: number): void {
  if (seen.size === 0) after(REACHED_AFTER, sayShown);
  seen.set(conversation, Math.max(seq, seen.get(conversation) ?? 0));
}

function sayShown(): void {
  for (const [conversation, seq] of seen) run({ type: "shown", conversation, seq });
  seen.clear();
}

function tryAgain({ id, request }: Refused): void {
  if (id) again(id);
  if (request !== null && request !== undefined) run({ type: "askAgain", request });
}

const searches = new Questions<Found>(SEARCHES);
const callQuestions = new Questions<CallJoined | Relay | Done | Refused>(CALLS);

function answer(frame: ServerFrame): void {
  if (frame.type === "found") searches.answer(frame.request, frame);
  if (frame.type === "call_joined" || frame.type === "relay" || frame.type === "done") callQuestions.answer(frame.request, frame);
  if (frame.type !== "refused") return;
  searches.answer(frame.request, null);
  callQuestions.answer(frame.request, frame);
}

/** Messages of an organisation with all words of `text`; null when there is no answer now. */
export function search(text: string, organisation: string | undefined): Promise<Found | null> {
  const [request, answer] = searches.ask();
  if (session.peek().link === "up") connection.say({ type: "search", request, text, ...(organisation && { organisation }) });
  else searches.drop();
  return answer;
}

/** Says what makes no sense later: without a line it is not said at all. */
export function sayNow(frame: ClientFrame): void {
  if (session.peek().link === "up") connection.say(frame);
}

/** Asks something about a call, under a number that `frame` is given; null when there is no answer now. */
export function askOfCall(frame: (request: number) => ClientFrame): Promise<CallJoined | Relay | Done | Refused | null> {
  const [request, coming] = callQuestions.ask();
  if (session.peek().link === "up") connection.say(frame(request));
  else callQuestions.answer(request, null);
  return coming;
}

let attending = false;
let stopsAttending = () => {};

/** Of staff, whether they attend to this device is told to who may know it. Looking away for a moment is not leaving. */
function attend(looking: boolean): void {
  stopsAttending();
  if (looking) setAttending(true);
  else stopsAttending = after(AWAY_AFTER, () => setAttending(false));
}

function setAttending(now: boolean): void {
  if (now === attending) return;
  attending = now;
  sayAttending();
}

function sayAttending(): void {
  if (session.peek().link === "up" && isStaff(state.peek())) connection.say({ type: "attending", attending });
}

export function connect(): void {
  ended.value = null;
  connection.start();
}

/** Begins with what this device kept of the person, until the server says how it stands. */
export function takeUp(kept: Session): void {
  const { link, state } = session.peek();
  if (state.me === null) session.value = { ...kept, link };
}

/** Takes on what a page that is gone had not sent, and what it wished for. What the server refused stays refused. */
export function takeOn(left: readonly Pending[], wishes: readonly Alteration[]): void {
  const { conversations, pending } = session.peek().state;
  for (const one of left) {
    if (!(one.conversation in conversations) || pending.some((p) => p.id === one.id)) continue;
    run({ type: "left", pending: one });
    if (one.status !== "refused") watch([one.id]);
  }
  for (const { conversation, seq, wish, text } of wishes) {
    if (text === undefined && conversation in conversations) run({ type: "alter", conversation, seq, wish });
  }
}

/** Lets go of the line, until `connect`. */
export const rest = (): void => connection.stop();

/** Drops all that is known of the person, and the line. */
export function forget(): void {
  connection.stop();
  seen.clear();
  forgetWatches.forEach((forget) => forget());
  session.value = START;
}

export function watchTheLine(): void {
  attention.subscribe(attend);
  addEventListener("online", () => connection.wake());
  addEventListener("offline", () => connection.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") connection.wake();
  });
}

/**
 * Gives the message's id. What is in sight is said to be read first, so that nobody sees an answer to a message that
 * looks unread.
 */
export function write(conversation: string, content: Content): string {
  const id = newId();
  sayShown();
  run({ type: "write", id, conversation, ...content });
  watch([id]);
  return id;
}
export function again(id: string): void {
  run({ type: "again", id });
  watch([id]);
}
export const discard = (id: string): void => run({ type: "discard", id });
export const edit = (conversation: string, seq: number, body: string): void =>
  run({ type: "alter", conversation, seq, wish: { type: "edit", body } });
export const react = (conversation: string, seq: number, reaction: Reaction | null): void =>
  run({ type: "alter", conversation, seq, wish: { type: "react", reaction } });
export const withdraw = (conversation: string, seq: number): void =>
  run({ type: "alter", conversation, seq, wish: { type: "withdraw" } });
export const settle = (conversation: string, seq: number, number: number, done: boolean): void =>
  run({ type: "alter", conversation, seq, wish: { type: "settle", number, done } });
export const dismiss = (request: number): void => run({ type: "dismiss", request });
export const older = (conversation: string): void => run({ type: "older", conversation });
/** As much at once as there may be. */
export const muchOlder = (conversation: string): void => run({ type: "older", conversation, limit: MAX_HISTORY });
export const typing = (conversation: string): void => run({ type: "typing", conversation });
