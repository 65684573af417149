// Whom the person may choose: a client those they already have a conversation with, staff all their contacts.
import type { Person } from "../../api/protocol";
import { conversationWith, isStaff } from "../../state/select";
import type { State } from "../../state/state";

export const contactsOf = (state: State): readonly Person[] =>
  state.contacts
    .map((id) => state.people[id])
    .filter((person) => person !== undefined)
    .filter((person) => isStaff(state) || conversationWith(state, person.id) !== undefined);
