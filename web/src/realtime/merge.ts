// How a run of messages from the server joins the run that is held. Both are without gaps and ascending. The run that
// comes wins where both have a number; a run that neither touches nor overlaps the held one is refused by `join`
// (there would be a gap) and the caller decides: replace, or leave it and let the gap be fetched.
import type { Conversation, Participant, StoredMessage } from "../api/protocol";
import { topOf, type Held } from "../state/state";

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
  if (first >= bottom && last <= top) return held;
  return [...held.filter((m) => m.seq < first), ...run, ...held.filter((m) => m.seq > last)];
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
  if (!held) return { ...told };
  const lastSeq = Math.max(held.lastSeq, told.lastSeq);
  const participants = joinParticipants(held.participants, told.participants);
  const newer = (told.messages.at(-1)?.seq ?? 0) > topOf(held);
  const messages = join(held.messages, told.messages) ?? (newer ? told.messages : held.messages);
  return { ...told, lastSeq, participants, messages };
}

/** The same at `welcome`, which is the server's whole truth: what the device has beyond it never happened. */
export function joinAtWelcome(held: Held | undefined, told: Conversation): Held {
  const ahead = held !== undefined && (held.lastSeq > told.lastSeq || topOf(held) > told.lastSeq);
  return joinConversation(ahead ? undefined : held, told);
}
