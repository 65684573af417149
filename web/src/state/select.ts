// What the screens ask of the state. Pure; each answer is worked out from the state alone.
import type { Person, RoleName, StoredMessage } from "../api/protocol";
import { bottomOf, type Held, type State } from "./state";

/** Everybody in the conversation but oneself. */
export function othersIn(state: State, held: Held): readonly Person[] {
  const ids = held.participants.map((p) => p.person).filter((id) => id !== state.me?.id);
  return ids.map((id) => state.people[id]).filter((person) => person !== undefined);
}

export const nameOf = (person: { readonly firstName: string; readonly lastName: string }): string =>
  `${person.firstName} ${person.lastName}`.trim();

export const titleOf = (state: State, held: Held): string => othersIn(state, held).map(nameOf).join(", ");

/** How many messages of others lie above what the person saw. Of messages not held it is not known who sent them. */
export function unreadIn(state: State, held: Held, saidRead = 0): number {
  const mine = held.participants.find((p) => p.person === state.me?.id)?.read ?? 0;
  const read = Math.max(mine, saidRead);
  let unread = Math.max(0, bottomOf(held) - 1 - read);
  for (let i = held.messages.length - 1; i >= 0; i--) {
    const message = held.messages[i];
    if (!message || message.seq <= read) break;
    if (message.sender !== state.me?.id) unread += 1;
  }
  return unread;
}

export type Reach = "sent" | "delivered" | "read";

/** How far a message of one's own came: the least far of all others. */
export function reachOf(state: State, held: Held, message: StoredMessage): Reach {
  const others = held.participants.filter((p) => p.person !== state.me?.id);
  if (others.length === 0) return "sent";
  if (others.every((p) => p.read >= message.seq)) return "read";
  return others.every((p) => p.delivered >= message.seq) ? "delivered" : "sent";
}

export function lastAt(state: State, held: Held): string {
  const pending = state.pending.findLast((p) => p.conversation === held.id);
  return pending?.at ?? held.messages.at(-1)?.at ?? held.createdAt;
}

export const newestFirst = (state: State): readonly Held[] =>
  Object.values(state.conversations).sort(
    (a, b) => Date.parse(lastAt(state, b)) - Date.parse(lastAt(state, a)) || b.id.localeCompare(a.id),
  );

export const typingIn = (state: State, held: Held): readonly Person[] =>
  Object.keys(state.typing[held.id] ?? {})
    .map((id) => state.people[id])
    .filter((person) => person !== undefined);

const STAFF: readonly RoleName[] = ["practitioner", "planner", "support", "administrator", "privacy_officer"];

export const isStaff = (state: State): boolean => state.organisations.some((o) => STAFF.includes(o.role));

const INVITING: readonly RoleName[] = ["practitioner", "planner"];

/** Whether the server would let this person invite a client: what it would refuse has no control. */
export const mayInvite = (state: State): boolean => state.organisations.some((o) => INVITING.includes(o.role));

/** Where a message of this conversation may go: everybody there takes part here too. */
export const forwardTargets = (state: State, source: Held): readonly Held[] =>
  newestFirst(state).filter(
    (held) =>
      held.id !== source.id &&
      held.organisation === source.organisation &&
      held.participants.every(({ person }) => source.participants.some((here) => here.person === person)),
  );

/** The conversation with just this person, if there is one. */
export const conversationWith = (state: State, person: string): Held | undefined =>
  newestFirst(state).find((held) => {
    const others = held.participants.filter((p) => p.person !== state.me?.id);
    return others.length === 1 && others[0]?.person === person;
  });

/** Whether `text` holds all words of `sought`, in any order, without regard to case and accents. */
export function matches(text: string, sought: string): boolean {
  const plain = (s: string) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain(sought).split(/\s+/).filter(Boolean);
  return words.every((word) => plain(text).includes(word));
}
