// How a run of messages from the server joins the run that is held. Both are without gaps and ascending. The newest
// revision wins where both have a number; a run that neither touches nor overlaps the held one is refused by `join`
// (there would be a gap) and the caller decides: replace, or leave it and let the gap be fetched.
import type { Conversation, Participant, StoredMessage } from "../api/protocol";
import { bottomOf, isNews, topOf, type Held } from "../state/state";
import { joined, newest, update } from "./alter";

type Run = readonly StoredMessage[];

/** The joined run, or null when there would be a gap between both. */
export function join(held: Run, run: Run): Run | null {
  const first = run[0]?.seq;
  const last = run.at(-1)?.seq;
  const bottom = held[0]?.seq;
  const top = held.at(-1)?.seq;
  if (first === undefined || last === undefined) return held;
  if (bottom === undefined || top === undefined) return run;
  if (first > top + 1 || last < bottom - 1) return null;
  if (first >= bottom && last <= top) return update(held, run);
  const known = new Map(held.map((m) => [m.seq, m]));
  const current = run.map((m) => newest(known.get(m.seq), m));
  return [...held.filter((m) => m.seq < first), ...current, ...held.filter((m) => m.seq > last)];
}

/** The server's list says who takes part; the numbers never go down. */
function joinParticipants(held: readonly Participant[], told: readonly Participant[]): readonly Participant[] {
  return told.map((now) => {
    const before = held.find((p) => p.person === now.person);
    if (!before) return now;
    return {
      person: now.person,
      delivered: Math.max(before.delivered, now.delivered),
      read: Math.max(before.read, now.read),
    };
  });
}

const readOf = (participants: readonly Participant[], me: string | undefined) =>
  participants.find((p) => p.person === me)?.read ?? 0;

const unreadIn = (run: Run, read: number, me: string | undefined) =>
  run.filter((m) => m.seq > read && isNews(me, m)).length;

/** What is unread below the held run once it has grown downwards to `run`. */
export function unreadBelow(held: Held, run: Run, me: string | undefined): number {
  const read = readOf(held.participants, me);
  const bottom = run[0]?.seq ?? 1;
  const left = held.unreadBefore - unreadIn(run.filter((m) => m.seq < bottomOf(held)), read, me);
  return Math.max(0, Math.min(left, bottom - 1 - read));
}

/** The same once `run` is joined to what the server told; where it told no number, all that may be. */
function unreadBeside(told: Conversation, run: Run, me: string | undefined): number {
  const read = readOf(told.participants, me);
  const may = Math.max(0, (run[0]?.seq ?? told.lastSeq + 1) - 1 - read);
  const known = typeof told.unread === "number" ? told.unread - unreadIn(run, read, me) : may;
  return Math.max(0, Math.min(known, may));
}

/** A conversation as the server tells it, joined to the one held: the rule of `Conversation` in the protocol. */
export function joinConversation(held: Held | undefined, told: Conversation, me: string | undefined): Held {
  const fresh = anew(told, me);
  if (!held) return fresh;
  const lastSeq = Math.max(held.lastSeq, told.lastSeq);
  const participants = joinParticipants(held.participants, told.participants);
  const joinedRun = join(held.messages, told.messages);
  const replaced = !joinedRun && (told.messages.at(-1)?.seq ?? 0) > topOf(held);
  const messages = joinedRun ?? (replaced ? told.messages : held.messages);
  const { rev, lastRev } = replaced
    ? { rev: fresh.rev, lastRev: Math.max(held.lastRev, fresh.rev) }
    : joined(held, messages, fresh.rev);
  const grown = told.unread === undefined && messages[0]?.seq === held.messages[0]?.seq;
  const unreadBefore = grown ? held.unreadBefore : unreadBeside(told, messages, me);
  return { ...fresh, lastSeq, participants, messages, rev, lastRev, unreadBefore };
}

/**
 * The same at `welcome`, which is the server's whole truth: what the device has beyond it never happened, and a run that
 * does not start right above what the device has replaces it, as does one that says so.
 */
export function joinAtWelcome(held: Held | undefined, told: Conversation, me: string): Held {
  const fresh = anew(told, me);
  if (!held || held.lastSeq > told.lastSeq || topOf(held) > told.lastSeq || held.lastRev > fresh.rev) return fresh;
  const participants = joinParticipants(held.participants, told.participants);
  const first = told.messages[0]?.seq;
  if (told.anew || (first !== undefined && first !== topOf(held) + 1)) return { ...fresh, participants };
  const isSame = told.messages.length === 0 && (told.changes ?? []).length === 0;
  const messages = isSame ? held.messages : [...update(held.messages, told.changes ?? []), ...told.messages];
  return { ...fresh, participants, messages, unreadBefore: unreadBeside(told, messages, me) };
}

function anew(conversation: Conversation, me: string | undefined): Held {
  const { changes: _changes, anew: _anew, unread: _unread, ...told } = conversation;
  const rev = told.rev ?? 0;
  return { ...told, rev, lastRev: rev, unreadBefore: unreadBeside(conversation, told.messages, me) };
}
