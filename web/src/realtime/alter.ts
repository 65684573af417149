// What happens to messages after they were sent. Each alteration is a revision of its conversation, 1, 2, 3 … without
// gaps. Laws:
// 1. A message never goes back to an older revision, whatever comes when.
// 2. `rev` is raised only when all that is held is as of that revision: by the next one, or by `changes` from where the
//    device is. Above a gap only `lastRev` is raised, and the gap is fetched.
// 3. An alteration of a message that is not held yet waits: the message is fetched first. Otherwise the message could
//    come afterwards, as it was before.
// 4. A page that was read before the alterations known here lowers `rev` again: what it brings may miss them.
import type { Altered, ChangesPage, StoredMessage } from "../api/protocol";
import { topOf, type Held } from "../state/state";

type Run = readonly StoredMessage[];

export const revOf = (message: StoredMessage): number => message.rev ?? 0;

/** Law 1. The held one stays where both are the same, so that nothing is drawn anew. */
export const newest = (held: StoredMessage | undefined, told: StoredMessage): StoredMessage =>
  held && revOf(held) >= revOf(told) ? held : told;

/** The run with those of `told` that it has, in their newest state; the same run when nothing changed. */
export function update(run: Run, told: Run): Run {
  const bySeq = new Map(told.map((message) => [message.seq, message]));
  const updated = run.map((message) => newest(message, bySeq.get(message.seq) ?? message));
  return updated.some((message, i) => message !== run[i]) ? updated : run;
}

/** One alteration, as it happens. */
export function alter(held: Held, { rev, message }: Altered): Held {
  if (rev <= held.rev) return held;
  const lastRev = Math.max(held.lastRev, rev);
  const lastSeq = Math.max(held.lastSeq, message.seq);
  if (rev === held.rev + 1 && message.seq <= topOf(held))
    return { ...held, rev, lastRev, messages: update(held.messages, [message]) };
  return lastRev === held.lastRev && lastSeq === held.lastSeq ? held : { ...held, lastRev, lastSeq };
}

/** The answer to `changes`. */
export function catchUp(held: Held, told: ChangesPage): Held {
  const above = told.messages.filter((message) => message.seq > topOf(held));
  const until = above.length > 0 ? Math.min(...above.map(revOf)) - 1 : told.rev;
  return {
    ...held,
    rev: told.after <= held.rev ? Math.max(held.rev, until) : held.rev,
    lastRev: Math.max(held.lastRev, told.rev),
    lastSeq: Math.max(held.lastSeq, ...above.map((message) => message.seq)),
    messages: update(held.messages, told.messages),
  };
}

/** Law 4: `messages` are what is held once a run that was read at revision `rev` has been joined. */
export function joined(held: Held, messages: Run, rev: number): Held {
  const brought = messages.length > held.messages.length;
  const known = { ...held, messages, lastRev: Math.max(held.lastRev, rev) };
  return brought ? { ...known, rev: Math.min(held.rev, rev) } : known;
}
