// Whom the person may choose: a client those they have a conversation with, staff all their contacts. Who is only in a group
// with a client is none of theirs: what is meant for one would be read by all.
import type { Person } from "../../api/protocol";
import { conversationWith, isStaff, othersIn } from "../../state/select";
import type { State } from "../../state/state";

export function contactsOf(state: State): readonly Person[] {
  if (isStaff(state)) return state.contacts.map((id) => state.people[id]).filter((person) => person !== undefined);
  const known = Object.values(state.conversations).flatMap((held) => othersIn(state, held));
  return [...new Map(known.map((person) => [person.id, person])).values()].filter(({ id }) => conversationWith(state, id));
}
