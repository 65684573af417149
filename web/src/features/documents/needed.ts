// What is still needed, as it is listed: for staff by client, for a client by who asks. Who waits longest comes first.
import type { Needed } from "../../api/documents";
import { nameById, titleOf } from "../../state/select";
import { bottomOf, type Held, type State } from "../../state/state";

export interface Part {
  readonly key: string;
  readonly name: string;
  readonly documents: readonly Needed[];
}

/** `listed` is the oldest first. */
export function parts(state: State, listed: readonly Needed[]): readonly Part[] {
  const found = new Map<string, { key: string; name: string; documents: Needed[] }>();
  for (const one of listed) {
    const held = state.conversations[one.conversation];
    if (!held || isDone(held, one)) continue;
    const asked = held.client && held.client !== state.me?.id ? held.client : null;
    const key = asked ?? held.id;
    const part = found.get(key) ?? { key, name: (asked && nameById(state, asked)) || titleOf(state, held), documents: [] };
    part.documents.push(one);
    found.set(key, part);
  }
  return [...found.values()];
}

/** Whether it came, or is not asked for any more, since the list was made. */
function isDone(held: Held, { seq, number }: Needed): boolean {
  const message = held.messages[seq - bottomOf(held)];
  return message !== undefined && (Boolean(message.withdrawnAt) || message.documents?.[number - 1]?.done === true);
}

/** Another number when there is something to be asked anew: a request that came, or a document that is open again. */
export const openIn = (state: State): number =>
  Object.values(state.conversations)
    .flatMap(({ messages }) => messages)
    .reduce((sum, { documents = [] }) => sum + documents.filter(({ done }) => !done).length, 0);
