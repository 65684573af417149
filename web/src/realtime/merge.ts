// How a run of messages from the server joins the run that is held. Both are without gaps and ascending. The newest
// revision wins where both have a number; a run that neither touches nor overlaps the held one is refused by `join`
// (there would be a gap) and the caller decides: replace, or leave it and let the gap be fetched.
import type { Conversation, Participant, StoredMessage } from "../api/protocol";
import { topOf, type Held } from "../state/state";
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

/** A conversation as the server tells it, joined to the one held: the rule of `Conversation` in the protocol. */
export function joinConversation(held: Held | undefined, told: Conversation): Held {
  if (!held) return anew(told);
  const lastSeq = Math.max(held.lastSeq, told.lastSeq);
  const participants = joinParticipants(held.participants, told.participants);
  const messages = join(held.messages, told.messages);
  const fresh = { ...anew(told), lastSeq, participants };
  if (!messages && (told.messages.at(-1)?.seq ?? 0) > topOf(held))
    return { ...fresh, lastRev: Math.max(held.lastRev, fresh.rev) };
  const { rev, lastRev } = joined(held, messages ?? held.messages, fresh.rev);
  return { ...fresh, rev, lastRev, messages: messages ?? held.messages };
}

/**
 * The same at `welcome`, which is the server's whole truth: what the device has beyond it never happened, and a run that
 * does not start right above what the device has replaces it, as does one that says so.
 */
export function joinAtWelcome(held: Held | undefined, told: Conversation): Held {
  const fresh = anew(told);
  if (!held || held.lastSeq > told.lastSeq || topOf(held) > told.lastSeq || held.lastRev > fresh.rev) return fresh;
  const participants = joinParticipants(held.participants, told.participants);
  const first = told.messages[0]?.seq;
  if (told.anew || (first !== undefined && first !== topOf(held) + 1)) return { ...fresh, participants };
  return { ...fresh, participants, messages: [...update(held.messages, told.changes ?? []), ...told.messages] };
}

function anew({ changes: _changes, anew: _anew, ...told }: Conversation): Held {
  const rev = told.rev ?? 0;
  return { ...told, rev, lastRev: rev };
}
