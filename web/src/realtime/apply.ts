// `apply(state, event)` is the only place where an event changes state. Its laws:
// 1. A message has one place, its `seq`; a message that is already there changes nothing.
// 2. A run of messages never has a gap: a message above `top + 1` only raises `lastSeq`, and the gap is fetched.
// 3. Receipts never go down.
// 4. A pending message leaves when its stored one arrives, by whichever event; until then it is kept.
// 5. Applying the same event twice is applying it once.
// 6. What happens to a message after it was sent follows the laws of `alter.ts`; what the person wants to happen is kept
//    until the server confirms or refuses it.
import type { Ack, Altered, Changed, ChangesPage, Message, Page, Participant, Receipt, Refused, ServerFrame, StoredMessage, Typed, Welcome } from "../api/protocol";
import { EMPTY, topOf, type Alteration, type Held, type Pending, type State } from "../state/state";
import { alter, catchUp, joined } from "./alter";
import { join, joinAtWelcome, joinConversation } from "./merge";

export type Event =
  | ServerFrame
  | { readonly type: "written"; readonly pending: Pending }
  | { readonly type: "again"; readonly id: string }
  | { readonly type: "discarded"; readonly id: string }
  | { readonly type: "wished"; readonly alteration: Alteration }
  | { readonly type: "dismissed"; readonly request: number }
  | { readonly type: "quiet" };

const TYPING_HOLDS = 6_000;

export function apply(state: State, event: Event, now: number): State {
  switch (event.type) {
    case "welcome":
      return welcome(state, event);
    case "ack":
      return ack(state, event);
    case "message":
      return message(state, event);
    case "altered":
      return altered(state, event);
    case "changes":
      return changes(state, event);
    case "receipt":
      return receipt(state, event);
    case "typing":
      return typed(state, event, now);
    case "history":
      return page(state, event);
    case "conversation":
      return changed(state, event);
    case "gone":
      return gone(state, event.conversation);
    case "refused":
      return refused(state, event);
    case "pong":
      return state;
    case "written":
      return state.pending.some((p) => p.id === event.pending.id)
        ? state
        : { ...state, pending: [...state.pending, event.pending] };
    case "again":
      return withPending(state, event.id, (p) => (p.status === "refused" ? waiting(p) : p));
    case "discarded":
      return { ...state, pending: state.pending.filter((p) => p.id !== event.id || p.status !== "refused") };
    case "wished":
      return state.alterations.some((a) => a.request === event.alteration.request)
        ? state
        : { ...state, alterations: [...state.alterations, event.alteration] };
    case "dismissed":
      return withoutAlteration(state, event.request);
    case "quiet":
      return quiet(state, now);
  }
}

function welcome(state: State, event: Welcome): State {
  const mine = state.me?.id === event.me.id ? state : EMPTY;
  const conversations = Object.fromEntries(
    event.conversations.map((told) => [told.id, joinAtWelcome(mine.conversations[told.id], told)]),
  );
  return settle({
    me: event.me,
    organisations: event.organisations,
    people: Object.fromEntries(event.people.map((p) => [p.id, p])),
    contacts: event.contacts,
    conversations,
    pending: mine.pending.filter((p) => p.conversation in conversations),
    alterations: mine.alterations.filter((a) => a.conversation in conversations),
    typing: {},
  });
}

function ack(state: State, event: Ack): State {
  const held = state.conversations[event.conversation];
  const pending = state.pending.find((p) => p.id === event.id);
  if (!held || !state.me) return state;
  if (!pending) return withHeld(state, { ...held, lastSeq: Math.max(held.lastSeq, event.seq) });
  if (pending.forward) return settle(withHeld(state, { ...held, lastSeq: Math.max(held.lastSeq, event.seq) }));
  const { body, replyTo, mentions } = pending;
  const more = { ...(replyTo && { replyTo }), ...(mentions && { mentions: [...mentions].sort() }) };
  const stored = { seq: event.seq, id: event.id, sender: state.me.id, at: event.at, body, ...more };
  const known = withPending(state, event.id, ({ text: _, ...p }) => ({ ...p, status: "stored" }));
  return settle(withHeld(known, place(held, stored)));
}

function message(state: State, event: Message): State {
  const held = state.conversations[event.conversation];
  if (!held) return state;
  const { type: _, conversation, ...stored } = event;
  return settle(stopped(withHeld(state, place(held, stored)), conversation, stored.sender));
}

function altered(state: State, event: Altered): State {
  const held = state.conversations[event.conversation];
  const known = withoutAlteration(state, event.request);
  return held ? withHeld(known, alter(held, event)) : known;
}

function changes(state: State, event: ChangesPage): State {
  const held = state.conversations[event.conversation];
  return held ? withHeld(state, catchUp(held, event)) : state;
}

/** Laws 1 and 2 for one message, which is its sender's receipt as well: who writes has seen what stands above it. */
function place(before: Held, stored: StoredMessage): Held {
  const held = raise(before, { person: stored.sender, delivered: stored.seq, read: stored.seq });
  const lastSeq = Math.max(held.lastSeq, stored.seq);
  const next = topOf(held) + 1;
  if (stored.seq === next) return { ...held, lastSeq, messages: [...held.messages, stored] };
  return lastSeq === held.lastSeq ? held : { ...held, lastSeq };
}

/** Raises how far somebody is; receipts never go down. */
function raise(held: Held, mark: Participant): Held {
  const before = held.participants.find((p) => p.person === mark.person);
  if (!before || (mark.delivered <= before.delivered && mark.read <= before.read)) return held;
  const delivered = Math.max(before.delivered, mark.delivered);
  const read = Math.max(before.read, mark.read);
  const participants = held.participants.map((p) => (p === before ? { person: p.person, delivered, read } : p));
  return { ...held, participants };
}

function receipt(state: State, event: Receipt): State {
  const held = state.conversations[event.conversation];
  const raised = held && raise(held, event);
  return raised && raised !== held ? withHeld(state, raised) : state;
}

function page(state: State, event: Page): State {
  const held = state.conversations[event.conversation];
  if (!held) return state;
  const messages = join(held.messages, event.messages);
  if (!messages || messages === held.messages) return state;
  const lastSeq = Math.max(held.lastSeq, messages.at(-1)?.seq ?? 0);
  const raised = event.messages.reduce((now, { sender, seq }) => raise(now, { person: sender, delivered: seq, read: seq }), held);
  return settle(withHeld(state, { ...joined(raised, messages, event.rev ?? 0), lastSeq }));
}

function changed(state: State, event: Changed): State {
  const people = { ...state.people, ...Object.fromEntries(event.people.map((p) => [p.id, p])) };
  const joined = joinConversation(state.conversations[event.conversation.id], event.conversation);
  return settle(withHeld({ ...state, people, contacts: joinContacts(state, event) }, joined));
}

/** Only staff have contacts of their own; a client's are the people in their conversations. */
function joinContacts(state: State, event: Changed): State["contacts"] {
  const staff = state.organisations.some((o) => o.id === event.conversation.organisation && o.role !== "client");
  const fresh = event.people.map((p) => p.id).filter((id) => id !== state.me?.id && !state.contacts.includes(id));
  return staff ? [...state.contacts, ...fresh] : state.contacts;
}

function gone(state: State, conversation: string): State {
  const { [conversation]: _held, ...conversations } = state.conversations;
  const { [conversation]: _typing, ...typing } = state.typing;
  const elsewhere = <T extends { readonly conversation: string }>(those: readonly T[]) =>
    those.filter((one) => one.conversation !== conversation);
  return { ...state, conversations, typing, pending: elsewhere(state.pending), alterations: elsewhere(state.alterations) };
}

const waiting = ({ text: _, ...pending }: Pending): Pending => ({ ...pending, status: "waiting" });

/** A refusal that may pass is no news for the person: the message keeps waiting and is said again. */
function refused(state: State, event: Refused): State {
  if (event.retry) return state;
  if (!event.id) return refusedAlteration(state, event);
  return withPending(state, event.id, (p) =>
    p.status === "stored" ? p : { ...p, status: "refused", text: event.text },
  );
}

function refusedAlteration(state: State, { request, text }: Refused): State {
  const refuse = (a: Alteration) => (a.request === request ? { ...a, text } : a);
  const known = state.alterations.some((a) => a.request === request);
  return known ? { ...state, alterations: state.alterations.map(refuse) } : state;
}

function withoutAlteration(state: State, request: number | null | undefined): State {
  const alterations = state.alterations.filter((a) => a.request !== request);
  return alterations.length === state.alterations.length ? state : { ...state, alterations };
}

function typed(state: State, event: Typed, now: number): State {
  if (event.person === state.me?.id || !(event.conversation in state.conversations)) return state;
  const those = { ...state.typing[event.conversation], [event.person]: now + TYPING_HOLDS };
  return { ...state, typing: { ...state.typing, [event.conversation]: those } };
}

function stopped(state: State, conversation: string, person: string): State {
  const { [person]: until, ...others } = state.typing[conversation] ?? {};
  return until === undefined ? state : { ...state, typing: { ...state.typing, [conversation]: others } };
}

function quiet(state: State, now: number): State {
  const still = Object.entries(state.typing).map(
    ([id, those]) => [id, Object.fromEntries(Object.entries(those).filter(([, until]) => until > now))] as const,
  );
  return { ...state, typing: Object.fromEntries(still.filter(([, those]) => Object.keys(those).length > 0)) };
}

/** Law 4. */
function settle(state: State): State {
  const pending = state.pending.filter((p) => !isStored(state.conversations[p.conversation], p.id));
  return pending.length === state.pending.length ? state : { ...state, pending };
}

const isStored = (held: Held | undefined, id: string) => held?.messages.findLast((m) => m.id === id) !== undefined;

const withHeld = (state: State, held: Held): State =>
  held === state.conversations[held.id]
    ? state
    : { ...state, conversations: { ...state.conversations, [held.id]: held } };

const withPending = (state: State, id: string, change: (pending: Pending) => Pending): State => ({
  ...state,
  pending: state.pending.map((p) => (p.id === id ? change(p) : p)),
});
