// One device's side of the socket as a pure state machine: `step(session, input)` gives the next session and the frames
// to say. Laws: nothing is said before `welcome` except `hello`; what was written and not acknowledged is said again
// after each `welcome`, under the same id and in the order it was written; what is overdue is said once more, and marked
// late so that the person may take it back; so is what is wished for stored messages said again; one history request per
// conversation and direction is under way; what was altered is asked for when no message is missing; `received` and
// `read` are said only when they raise what the server knows; what was shown while there was no line is said after
// `welcome`, before what was written.
import { MAX_HISTORY, VERSION, type ClientFrame, type History, type ServerFrame, type SharedFile } from "../api/protocol";
import { EMPTY, bottomOf, hasOlder, topOf, type Alteration, type Held, type Pending, type State, type Wish } from "../state/state";
import { apply, type Event } from "./apply";

type Direction = "older" | "newer" | "changes";
interface Asked {
  readonly conversation: string;
  readonly direction: Direction;
}

export interface Session {
  readonly state: State;
  readonly link: "down" | "greeting" | "up";
  readonly request: number;
  readonly asked: Readonly<Record<number, Asked>>;
  readonly received: Readonly<Record<string, number>>;
  readonly read: Readonly<Record<string, number>>;
  /** By conversation the highest `seq` that was in the person's sight, said or not. */
  readonly seen: Readonly<Record<string, number>>;
  readonly typedAt: number;
}

/** What a new message holds. */
export interface Content {
  readonly body: string;
  readonly replyTo?: number;
  readonly mentions?: readonly string[];
  /** Files that are whole on the server, as this device knows them. */
  readonly files?: readonly SharedFile[];
  readonly documents?: readonly string[];
  readonly answers?: number;
  readonly forward?: NonNullable<Pending["forward"]>;
}

export type Input =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "frame"; readonly frame: ServerFrame }
  | ({ readonly type: "write"; readonly id: string; readonly conversation: string } & Content)
  | { readonly type: "left"; readonly pending: Pending }
  | { readonly type: "again"; readonly id: string }
  | { readonly type: "discard"; readonly id: string }
  | { readonly type: "overdue"; readonly ids: readonly string[] }
  | { readonly type: "alter"; readonly conversation: string; readonly seq: number; readonly wish: Wish }
  | { readonly type: "dismiss"; readonly request: number }
  | { readonly type: "older"; readonly conversation: string; readonly limit?: number }
  | { readonly type: "askAgain"; readonly request: number }
  | { readonly type: "shown"; readonly conversation: string; readonly seq: number }
  | { readonly type: "typing"; readonly conversation: string }
  | { readonly type: "reached" }
  | { readonly type: "quiet" };

export type Step = readonly [Session, readonly ClientFrame[]];

const TYPING_EVERY = 3_000;
/** So many conversations fit in a `hello`; of those beyond, the server tells the newest messages anew. */
const MOST_IN_HELLO = 600;

export const START: Session = {
  state: EMPTY,
  link: "down",
  request: 0,
  asked: {},
  received: {},
  read: {},
  seen: {},
  typedAt: -TYPING_EVERY,
};

export function step(session: Session, input: Input, now: number): Step {
  switch (input.type) {
    case "opened":
      return [{ ...session, link: "greeting", asked: {} }, [hello(session.state)]];
    case "closed":
      return [{ ...session, link: "down", asked: {}, received: {}, read: {} }, []];
    case "frame":
      return heard(session, input.frame, now);
    case "write":
      return write(session, input, now);
    case "left":
      return left(session, input.pending, now);
    case "again":
      return again(session, input.id, now);
    case "discard":
      return [happened(session, { type: "discarded", id: input.id }, now), []];
    case "overdue":
      return overdue(session, input.ids, now);
    case "alter":
      return alter(session, input, now);
    case "dismiss":
      return [happened(session, { type: "dismissed", request: input.request }, now), []];
    case "older":
      return older(session, input.conversation, input.limit);
    case "askAgain":
      return askAgain(session, input.request);
    case "shown":
      return shown(session, input.conversation, input.seq);
    case "typing":
      return typing(session, input.conversation, now);
    case "reached":
      return reached(session);
    case "quiet":
      return [happened(session, { type: "quiet" }, now), []];
  }
}

const happened = (session: Session, event: Event, now: number): Session => ({
  ...session,
  state: apply(session.state, event, now),
});

function hello(state: State): ClientFrame {
  const newest = Object.values(state.conversations)
    .filter((held) => topOf(held) > 0)
    .sort((a, b) => (b.messages.at(-1)?.at ?? "").localeCompare(a.messages.at(-1)?.at ?? ""))
    .slice(0, MOST_IN_HELLO);
  const have = Object.fromEntries(newest.map((held) => [held.id, topOf(held)]));
  const altered = newest.filter((held) => held.rev > 0);
  const revs = Object.fromEntries(altered.map((held) => [held.id, held.rev]));
  return { type: "hello", protocol: VERSION, ...(newest.length > 0 && { have }), ...(altered.length > 0 && { revs }) };
}

function heard(before: Session, frame: ServerFrame, now: number): Step {
  const session = isForAnother(before, frame) ? { ...START, link: before.link } : before;
  if (session.link === "greeting" && frame.type !== "welcome") return [session, []];
  const next = unsaid(answered(happened(session, frame, now), frame), frame);
  const [filling, asks] = fill({ ...next, link: "up" });
  if (frame.type !== "welcome") return [filling, asks];
  const [told, reads] = tellSeen(filling);
  return [told, [...reads, ...resend(told.state), ...asks]];
}

/** Nothing of one person is kept, or said, for the next. */
const isForAnother = ({ state }: Session, frame: ServerFrame): boolean =>
  frame.type === "welcome" && state.me !== null && state.me.id !== frame.me.id;

/** What was said and asked of a conversation that is gone is to be said and asked again should it come back. */
function unsaid(session: Session, frame: ServerFrame): Session {
  if (frame.type !== "gone") return session;
  const { [frame.conversation]: _received, ...received } = session.received;
  const { [frame.conversation]: _read, ...read } = session.read;
  const { [frame.conversation]: _seen, ...seen } = session.seen;
  const asked = Object.entries(session.asked).filter(([, ask]) => ask.conversation !== frame.conversation);
  return { ...session, received, read, seen, asked: Object.fromEntries(asked) };
}

function answered(session: Session, frame: ServerFrame): Session {
  const answers = frame.type === "history" || frame.type === "changes" || frame.type === "refused";
  const request = answers ? frame.request : null;
  if (request === null || request === undefined) return session;
  const { [request]: ask, ...asked } = session.asked;
  // A refused or empty answer stays asked: the need is still there, so asking again at once would go round without end.
  const vain =
    frame.type === "refused" ||
    (frame.type === "history" && frame.messages.length === 0) ||
    (frame.type === "changes" && frame.rev <= frame.after);
  return ask && vain ? session : { ...session, asked };
}

const resend = (state: State): ClientFrame[] => [
  ...state.pending
    .filter((p) => p.status === "waiting")
    .map((p) => sent(p)),
  ...state.alterations.filter((a) => a.text === undefined).map(wished),
];

function sent({ id, conversation, body, ...more }: Pick<Pending, "id" | "conversation"> & Content): ClientFrame {
  const { replyTo, mentions, files, documents, answers, forward } = more;
  if (forward) return { type: "forward", id, conversation, ...forward };
  return {
    type: "send",
    id,
    conversation,
    body,
    ...(replyTo && { replyTo }),
    ...(mentions && { mentions: [...mentions] }),
    ...(files && { files: files.map((file) => file.id) }),
    ...(documents && { documents: [...documents] }),
    ...(answers && { answers }),
  };
}

const wished = ({ request, conversation, seq, wish }: Alteration): ClientFrame => ({ ...wish, request, conversation, seq });

/** Asks for what is missing at the newer end of each conversation, and where nothing is, for what was altered. */
function fill(session: Session): Step {
  const { conversations } = session.state;
  const gaps = Object.values(conversations).filter((held) => topOf(held) < held.lastSeq || held.rev < held.lastRev);
  return gaps.reduce<Step>(
    ([now, frames], held) => {
      const [next, asks] = topOf(held) < held.lastSeq ? newer(now, held) : changes(now, held);
      return [next, [...frames, ...asks]];
    },
    [session, []],
  );
}

function newer(session: Session, held: Held): Step {
  const from = topOf(held) === 0 ? { before: held.lastSeq + 1 } : { after: topOf(held), limit: MAX_HISTORY };
  return ask(session, held, "newer", { type: "history", ...from });
}

const changes = (session: Session, held: Held): Step => ask(session, held, "changes", { type: "changes", after: held.rev });

function older(session: Session, conversation: string, limit?: number): Step {
  const held = session.state.conversations[conversation];
  if (!held || !hasOlder(held)) return [session, []];
  return ask(session, held, "older", { type: "history", before: bottomOf(held), ...(limit && { limit }) });
}

/** What has this request was refused for a passing reason, and some time has passed. */
function askAgain(session: Session, request: number): Step {
  if (session.link !== "up") return [session, []];
  const alteration = session.state.alterations.find((a) => a.request === request);
  if (alteration) return [session, [wished(alteration)]];
  const { [request]: _, ...asked } = session.asked;
  return fill({ ...session, asked });
}

function alter(session: Session, { conversation, seq, wish }: Input & { type: "alter" }, now: number): Step {
  const alteration = { request: session.request + 1, conversation, seq, wish };
  const next = happened({ ...session, request: alteration.request }, { type: "wished", alteration }, now);
  return [next, session.link === "up" ? [wished(alteration)] : []];
}

type Question = ({ type: "history" } & Pick<History, "before" | "after" | "limit">) | { type: "changes"; after: number };

function ask(session: Session, held: Held, direction: Direction, question: Question): Step {
  if (session.link !== "up" || isAsked(session, held.id, direction)) return [session, []];
  const request = session.request + 1;
  const asked = { ...session.asked, [request]: { conversation: held.id, direction } };
  return [{ ...session, request, asked }, [{ ...question, request, conversation: held.id }]];
}

const isAsked = (session: Session, conversation: string, direction: Direction): boolean =>
  Object.values(session.asked).some((a) => a.conversation === conversation && a.direction === direction);

function write(session: Session, input: Input & { type: "write" }, now: number): Step {
  const { type: _, ...content } = input;
  const pending = { ...content, at: new Date(now).toISOString(), status: "waiting" } as const;
  const next = happened(session, { type: "written", pending }, now);
  return [next, session.link === "up" ? [sent(content)] : []];
}

/** What another page wrote and did not hear the fate of is said again, under its id. */
function left(session: Session, { late: _, ...found }: Pending, now: number): Step {
  const pending: Pending = found.status === "refused" ? found : { ...found, status: "waiting" };
  const next = happened(session, { type: "written", pending }, now);
  return [next, session.link === "up" && pending.status === "waiting" ? [sent(pending)] : []];
}

function again(session: Session, id: string, now: number): Step {
  const next = happened(session, { type: "again", id }, now);
  const frames = resend(next.state).filter((frame) => "id" in frame && frame.id === id);
  return [next, session.link === "up" ? frames : []];
}

/** Said once more under the same id: the line may live and yet have lost it. */
function overdue(session: Session, ids: readonly string[], now: number): Step {
  const next = happened(session, { type: "overdue", ids }, now);
  if (next.state === session.state || session.link !== "up") return [next, []];
  const before = new Map(session.state.pending.map((p) => [p.id, p.late]));
  const newly = next.state.pending.filter((p) => p.late && !before.get(p.id));
  return [next, resend(next.state).filter((frame) => "id" in frame && newly.some((p) => p.id === frame.id))];
}

function typing(session: Session, conversation: string, now: number): Step {
  if (session.link !== "up" || now - session.typedAt < TYPING_EVERY) return [session, []];
  return [{ ...session, typedAt: now }, [{ type: "typing", conversation }]];
}

function shown(before: Session, conversation: string, seq: number): Step {
  const seen = { ...before.seen, [conversation]: Math.max(seq, before.seen[conversation] ?? 0) };
  return tellRead({ ...before, seen }, conversation, seq);
}

const tellSeen = (session: Session): Step =>
  Object.entries(session.seen).reduce<Step>(
    ([now, frames], [conversation, seq]) => {
      const [next, said] = tellRead(now, conversation, seq);
      return [next, [...frames, ...said]];
    },
    [session, []],
  );

function tellRead(session: Session, conversation: string, seq: number): Step {
  const held = session.state.conversations[conversation];
  const other = held?.messages.findLast((m) => m.seq <= seq && m.sender !== session.state.me?.id)?.seq ?? 0;
  const known = Math.max(session.read[conversation] ?? 0, mine(session, held)?.read ?? 0);
  if (session.link !== "up" || other <= known) return [session, []];
  const said = { ...session, read: { ...session.read, [conversation]: other } };
  return [said, [{ type: "read", conversation, seq: other }]];
}

/** Says which messages of others reached this device; run a moment after the last event, so that a burst is one frame. */
function reached(session: Session): Step {
  if (session.link !== "up") return [session, []];
  const frames: ClientFrame[] = [];
  const received = { ...session.received };
  for (const held of Object.values(session.state.conversations)) {
    const other = held.messages.findLast((m) => m.sender !== session.state.me?.id)?.seq ?? 0;
    const known = Math.max(received[held.id] ?? 0, mine(session, held)?.delivered ?? 0);
    if (other <= known) continue;
    received[held.id] = other;
    frames.push({ type: "received", conversation: held.id, seq: other });
  }
  return [{ ...session, received }, frames];
}

const mine = (session: Session, held: Held | undefined) =>
  held?.participants.find((p) => p.person === session.state.me?.id);
