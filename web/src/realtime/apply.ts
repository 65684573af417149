// `apply(state, event)` is the only place where an event changes state. Its laws:
// 1. A message has one place, its `seq`; a message that is already there changes nothing.
// 2. A run of messages never has a gap: a message above `top + 1` only raises `lastSeq`, and the gap is fetched.
// 3. Receipts never go down.
// 4. A pending message leaves when its stored one arrives, by whichever event; until then it is kept.
// 5. Applying the same event twice is applying it once.
// 6. What happens to a message after it was sent follows the laws of `alter.ts`; what the person wants to happen is kept
//    until the server confirms or refuses it.
import type { Ack, Altered, Call, CaseChanged, Changed, ChangesPage, Message, Muted, Page, Participant, PlanChanged, Receipt, Refused, ServerFrame, StoredMessage, Typed, Welcome } from "../api/protocol";
import { namedIn } from "../state/event";
import { EMPTY, planKey, topOf, type Alteration, type Held, type Pending, type State } from "../state/state";
import { alter, catchUp, joined } from "./alter";
import { join, joinAtWelcome, joinConversation, unreadBelow } from "./merge";

export type Event =
  | ServerFrame
  | { readonly type: "written"; readonly pending: Pending }
  | { readonly type: "again"; readonly id: string }
  | { readonly type: "discarded"; readonly id: string }
  | { readonly type: "overdue"; readonly ids: readonly string[] }
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
    case "case":
      return caseChanged(state, event);
    case "gone":
      return gone(state, event.conversation);
    case "muted":
      return muted(state, event);
    case "availability":
      return { ...state, availability: event.availability ?? [], notices: event.notices ?? [] };
    case "plan":
      return planChanged(state, event);
    case "refused":
      return refused(state, event);
    case "present":
      return { ...state, present: present(state, event.person, event.present) };
    case "call":
      return calls(state, [...Object.values(state.calls), event.call]);
    case "call_ended":
      return calls(state, Object.values(state.calls).filter((call) => call.id !== event.call));
    case "file":
    case "found":
    case "pong":
    case "call_joined":
    case "call_admitted":
    case "call_left":
    case "call_type":
    case "relay":
    case "done":
    case "signal":
    case "sfu_published":
    case "sfu_offer":
    case "sfu_lost":
      return state;
    case "written":
      return state.pending.some((p) => p.id === event.pending.id)
        ? state
        : { ...state, pending: [...state.pending, event.pending] };
    case "again":
      return withPending(state, event.id, (p) => (isUnsent(p) ? waiting(p) : p));
    case "discarded":
      return { ...state, pending: state.pending.filter((p) => p.id !== event.id || !isUnsent(p)) };
    case "overdue":
      return overdue(state, event.ids);
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

function present(state: State, person: string, here: boolean): State["present"] {
  const others = state.present.filter((one) => one !== person);
  return here ? [...others, person] : others;
}

function welcome(state: State, event: Welcome): State {
  const mine = state.me?.id === event.me.id ? state : EMPTY;
  const conversations = Object.fromEntries(
    event.conversations.map((told) => [told.id, joinAtWelcome(mine.conversations[told.id], told, event.me.id)]),
  );
  const welcomed = settle({
    me: event.me,
    organisations: event.organisations,
    people: { ...stillNamed(mine.people, conversations), ...Object.fromEntries(event.people.map((p) => [p.id, p])) },
    contacts: event.contacts,
    teams: event.teams ?? [],
    present: event.present ?? [],
    conversations,
    pending: mine.pending.filter((p) => p.conversation in conversations).map(inTime),
    alterations: mine.alterations.filter((a) => a.conversation in conversations),
    availability: event.availability ?? [],
    notices: event.notices ?? [],
    secondFactorBy: event.secondFactorBy ?? null,
    plans: mine.plans,
    calls: {},
    mutes: Object.fromEntries((event.mutes ?? []).map(({ conversation, until }) => [conversation, until])),
    typing: {},
  });
  return calls(welcomed, event.calls ?? []);
}

/** Of whom the server tells only with a message, as they left or answer for a team, the held messages still name. */
function stillNamed(known: State["people"], conversations: State["conversations"]): State["people"] {
  const named = new Set(Object.values(conversations).flatMap((held) => held.messages.flatMap(namedIn)));
  return Object.fromEntries(Object.entries(known).filter(([id]) => named.has(id)));
}

function ack(state: State, event: Ack): State {
  const held = state.conversations[event.conversation];
  const pending = state.pending.find((p) => p.id === event.id);
  if (!held || !state.me) return state;
  if (!pending) return withHeld(state, { ...held, lastSeq: Math.max(held.lastSeq, event.seq) });
  const known = withPending(state, event.id, ({ text: _, late: __, ...p }) => ({ ...p, status: "stored" }));
  if (pending.forward) return settle(withHeld(known, { ...held, lastSeq: Math.max(held.lastSeq, event.seq) }));
  const { body, replyTo, mentions, documents } = pending;
  const more = {
    ...(replyTo && { replyTo }),
    ...(mentions && { mentions: [...mentions].sort() }),
    ...(event.files && { files: event.files }),
    ...(documents && { documents: documents.map((name) => ({ name })) }),
  };
  const stored = { seq: event.seq, id: event.id, sender: state.me.id, at: event.at, body, ...more };
  return settle(withHeld(known, place(held, stored)));
}

function message(state: State, event: Message): State {
  const held = state.conversations[event.conversation];
  if (!held) return state;
  const { type: _, conversation, author, ...stored } = event;
  const known = author ? { ...state, people: { ...state.people, [author.id]: author } } : state;
  return settle(stopped(withHeld(known, place(held, stored)), conversation, stored.sender));
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

/** Laws 1 and 2 for one message. It is nobody's receipt: what was written without a line says nothing of what was seen. */
function place(held: Held, stored: StoredMessage): Held {
  const lastSeq = Math.max(held.lastSeq, stored.seq);
  const next = topOf(held) + 1;
  if (stored.seq === next) return { ...held, lastSeq, messages: [...held.messages, stored] };
  return lastSeq === held.lastSeq ? held : { ...held, lastSeq };
}

function muted(state: State, { conversation, until }: Muted): State {
  const { [conversation]: _, ...others } = state.mutes;
  return { ...state, mutes: until ? { ...others, [conversation]: until } : others };
}

/** Where a team's conversation stands now. */
function caseChanged(state: State, event: CaseChanged): State {
  const held = state.conversations[event.conversation];
  return held ? withHeld(state, { ...held, case: event.case }) : state;
}

function planChanged(state: State, { organisation, client, version }: PlanChanged): State {
  const key = planKey(organisation, client);
  return version > (state.plans[key] ?? 0) ? { ...state, plans: { ...state.plans, [key]: version } } : state;
}

/** These calls go on and no others; who is in them is known from then on. */
function calls(state: State, those: readonly Call[]): State {
  const met = Object.fromEntries(those.flatMap(({ people }) => people.map((person) => [person.id, person])));
  return { ...state, calls: Object.fromEntries(those.map((call) => [call.id, call])), people: { ...met, ...state.people } };
}

/** Raises how far somebody is; receipts never go down. */
function raise(held: Held, mark: Participant): Held {
  const before = held.participants.find((p) => p.person === mark.person);
  if (!before || (mark.delivered <= before.delivered && mark.read <= before.read)) return held;
  const delivered = Math.max(before.delivered, mark.delivered);
  const read = Math.max(before.read, mark.read);
  const participants = held.participants.map((p) => (p === before ? { ...p, delivered, read } : p));
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
  const people = { ...state.people, ...Object.fromEntries((event.people ?? []).map((p) => [p.id, p])) };
  const lastSeq = Math.max(held.lastSeq, messages.at(-1)?.seq ?? 0);
  const unreadBefore = unreadBelow(held, messages, state.me?.id);
  return settle(withHeld({ ...state, people }, { ...joined(held, messages, event.rev ?? 0), lastSeq, unreadBefore }));
}

function changed(state: State, event: Changed): State {
  const people = { ...state.people, ...Object.fromEntries(event.people.map((p) => [p.id, p])) };
  const joined = joinConversation(state.conversations[event.conversation.id], event.conversation, state.me?.id);
  return settle(withHeld({ ...state, people, contacts: joinContacts(state, event) }, joined));
}

/** The server says who of them are contacts: to take part in one conversation is not enough to start another. */
function joinContacts(state: State, event: Changed): State["contacts"] {
  const fresh = (event.contacts ?? []).filter((id) => id !== state.me?.id && !state.contacts.includes(id));
  return fresh.length > 0 ? [...state.contacts, ...fresh] : state.contacts;
}

function gone(state: State, conversation: string): State {
  const { [conversation]: held, ...conversations } = state.conversations;
  const { [conversation]: _typing, ...typing } = state.typing;
  const contacts = held ? withoutClientsOf(held, { ...state, conversations }) : state.contacts;
  const elsewhere = <T extends { readonly conversation: string }>(those: readonly T[]) =>
    those.filter((one) => one.conversation !== conversation);
  const [pending, alterations] = [elsewhere(state.pending), elsewhere(state.alterations)];
  const calls = Object.fromEntries(Object.entries(state.calls).filter(([, call]) => call.conversation !== conversation));
  return { ...state, conversations, contacts, typing, pending, alterations, calls };
}

/** A client whom one meets in no other conversation is no contact any more. */
function withoutClientsOf(gone: Held, state: State): State["contacts"] {
  const met = new Set(Object.values(state.conversations).flatMap((held) => held.participants.map((p) => p.person)));
  const lost = gone.participants.map((p) => p.person).filter((id) => state.people[id]?.role === "client" && !met.has(id));
  return lost.length === 0 ? state.contacts : state.contacts.filter((id) => !lost.includes(id));
}

const waiting = ({ text: _, late: __, ...pending }: Pending): Pending => ({ ...pending, status: "waiting" });

/** What the person is told of, and decides on. */
const isUnsent = (pending: Pending): boolean => pending.status === "refused" || pending.late === true;

/** On a new line everything that waits is said again, so nothing is late yet. */
const inTime = (pending: Pending): Pending => (pending.late ? waiting(pending) : pending);

function overdue(state: State, ids: readonly string[]): State {
  const isLate = (p: Pending) => ids.includes(p.id) && p.status === "waiting" && !p.late;
  if (!state.pending.some(isLate)) return state;
  return { ...state, pending: state.pending.map((p) => (isLate(p) ? { ...p, late: true } : p)) };
}

/** A refusal that may pass is no news for the person: the message keeps waiting and is said again. */
function refused(state: State, event: Refused): State {
  if (event.retry) return state;
  if (!event.id) return refusedAlteration(state, event);
  return withPending(state, event.id, ({ late: _, ...p }) =>
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
