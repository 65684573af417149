// Whom the person may choose: a client those they have a conversation with, staff all their contacts.
import type { Person } from "../../api/protocol";
import { isStaff, othersIn } from "../../state/select";
import type { State } from "../../state/state";

export function contactsOf(state: State): readonly Person[] {
  if (isStaff(state)) return state.contacts.map((id) => state.people[id]).filter((person) => person !== undefined);
  const known = Object.values(state.conversations).flatMap((held) => othersIn(state, held));
  return [...new Map(known.map((person) => [person.id, person])).values()];
}
