// What the screens ask of the state. Pure; each answer is worked out from the state alone.
import type { Person, RoleName, StoredMessage, Team } from "../api/protocol";
import { bottomOf, isNews, type Held, type State } from "./state";

/** Whether the person is one of those who answer clients in it together. */
export const answersIn = (state: State, held: Held): boolean =>
  Boolean(held.team) && held.participants.some((p) => p.person === state.me?.id) && held.client !== state.me?.id;

/** Everybody on the other side: of a team's conversation the client alone. */
export function othersIn(state: State, held: Held): readonly Person[] {
  const others = held.participants.map((p) => p.person).filter((id) => id !== state.me?.id);
  const ids = answersIn(state, held) ? others.filter((id) => id === held.client) : others;
  return ids.map((id) => state.people[id]).filter((person) => person !== undefined);
}

/** Who can be named after an @: the others, also those who answer in it together. */
export const mentionable = (state: State, held: Held): readonly Person[] =>
  held.participants
    .filter((p) => p.person !== state.me?.id)
    .map((p) => state.people[p.person])
    .filter((person) => person !== undefined);

export const nameOf = (person: { readonly firstName: string; readonly lastName: string }): string =>
  `${person.firstName} ${person.lastName}`.trim();

/** The name of a person, or of a team that takes part as one; empty for who is not known here. */
export function nameById(state: State, id: string): string {
  const person = state.people[id];
  return person ? nameOf(person) : (state.teams.find((team) => team.id === id)?.name ?? "");
}

export const teamOf = (state: State, held: Held): Team | undefined => state.teams.find((team) => team.id === held.team);

/** What a conversation is called: a group's name, the team for its client, a client for the team, else who is in it. */
export function titleOf(state: State, held: Held): string {
  if (held.title) return held.title;
  const about = held.notesOf ? state.conversations[held.notesOf] : undefined;
  if (about) return titleOf(state, about);
  if (held.team && !answersIn(state, held)) return teamOf(state, held)?.name ?? "";
  return othersIn(state, held).map(nameOf).join(", ");
}

/** The conversation in which a team keeps its notes about this one, if there is one yet. */
export const notesOf = (state: State, held: Held): Held | undefined =>
  Object.values(state.conversations).find((other) => other.notesOf === held.id);

/** Where a conversation is listed: by itself, in a team's inbox, among the groups, or with the one it is about. */
export type Place = "conversations" | "inbox" | "groups" | "notes";

export function placeOf(state: State, held: Held): Place {
  if (held.notesOf) return "notes";
  if (held.kind === "group") return "groups";
  return answersIn(state, held) ? "inbox" : "conversations";
}

/** How many messages of others lie above what the person saw. */
export function unreadIn(state: State, held: Held, saidRead = 0): number {
  const mine = held.participants.find((p) => p.person === state.me?.id)?.read ?? 0;
  const read = Math.max(mine, saidRead);
  let unread = Math.min(held.unreadBefore, Math.max(0, bottomOf(held) - 1 - read));
  for (let i = held.messages.length - 1; i >= 0; i--) {
    const message = held.messages[i];
    if (!message || message.seq <= read) break;
    if (isNews(state.me?.id, message)) unread += 1;
  }
  return unread;
}

/** Whose receipts tell how far a message came: of a team's conversation the client's alone; not of who is away. */
function reachedIn(state: State, held: Held): Held["participants"] {
  const others = held.participants.filter((p) =>
    answersIn(state, held) ? p.person === held.client : p.person !== state.me?.id,
  );
  const present = others.filter((p) => !state.availability.some((one) => one.of === p.person && one.absentUntil));
  return present.length > 0 ? present : others;
}

export type Reach = "sent" | "delivered" | "read";

/** How far a message of one's own came: the least far of all others. */
export function reachOf(state: State, held: Held, message: StoredMessage): Reach {
  const others = reachedIn(state, held);
  if (others.length === 0) return "sent";
  if (others.every((p) => p.read >= message.seq)) return "read";
  return others.every((p) => p.delivered >= message.seq) ? "delivered" : "sent";
}

const FARTHEST_FIRST: readonly Reach[] = ["read", "delivered", "sent"];

/** The same by person, who has read it first. Who came later, without what was before, was not written to. */
export function reachByPerson(state: State, held: Held, { seq }: StoredMessage): readonly { readonly person: Person; readonly reach: Reach }[] {
  if (answersIn(state, held)) return [];
  return held.participants
    .filter((p) => p.person !== state.me?.id && (p.above ?? 0) < seq)
    .flatMap((p) => {
      const person = state.people[p.person];
      return person ? [{ person, reach: p.read >= seq ? "read" : p.delivered >= seq ? "delivered" : "sent" } as const] : [];
    })
    .sort((a, b) => FARTHEST_FIRST.indexOf(a.reach) - FARTHEST_FIRST.indexOf(b.reach) || nameOf(a.person).localeCompare(nameOf(b.person)));
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

export const isStaffRole = (role: RoleName): boolean => STAFF.includes(role);

export const isStaff = (state: State): boolean => state.organisations.some((o) => isStaffRole(o.role));

/** Whether the person may ask the client of this conversation for documents, and say of one that it came. */
export const mayAskDocuments = (state: State, held: Held): boolean =>
  !held.closed &&
  held.client !== state.me?.id &&
  state.organisations.some(({ id, role }) => id === held.organisation && isStaffRole(role)) &&
  held.participants.some(({ person }) => person === held.client);

/** Whether the person may start a video call in this conversation: staff alone, where there is somebody to call. */
export const mayStartCall = (state: State, held: Held): boolean =>
  !held.closed &&
  held.kind !== "notes" &&
  held.client !== state.me?.id &&
  held.participants.length > 1 &&
  state.organisations.some(({ id, role }) => id === held.organisation && isStaffRole(role));

export const mayAdminister = (state: State): boolean => state.organisations.some((o) => o.role === "administrator");

const INVITING: readonly RoleName[] = ["practitioner", "planner"];

const HAS_CLIENTS: readonly RoleName[] = ["practitioner", "planner", "support"];

export const mayBreakGlass = (state: State): boolean => state.organisations.some((o) => HAS_CLIENTS.includes(o.role));

export const mayReviewBreakGlass = (state: State): boolean => state.organisations.some((o) => o.role === "privacy_officer");

const RECOVERING: readonly RoleName[] = ["support", "administrator"];

export const mayRecoverFactor = (state: State): boolean => state.organisations.some((o) => RECOVERING.includes(o.role));

export const mayReviewRecoveries = (state: State): boolean => mayRecoverFactor(state) || mayReviewBreakGlass(state);

/** Whether the server would let this person invite a client: what it would refuse has no control. */
export const mayInvite = (state: State): boolean => state.organisations.some((o) => INVITING.includes(o.role));

/** What is for colleagues only stays with them: notes where they are, the rest out of where clients are or may come. */
const leadsTo = (source: Held, held: Held): boolean =>
  source.kind !== "notes" && (source.kind !== "internal" || held.kind === "internal");

/** Where message `seq` of this conversation may go: everybody there can read it here too. */
export const forwardTargets = (state: State, source: Held, seq: number): readonly Held[] =>
  newestFirst(state).filter(
    (held) =>
      held.id !== source.id &&
      leadsTo(source, held) &&
      !held.closed &&
      held.organisation === source.organisation &&
      held.participants.every(({ person }) => source.participants.some((here) => here.person === person && (here.above ?? 0) < seq)),
  );

/** The conversation with just this person, if there is one. */
export const conversationWith = (state: State, person: string): Held | undefined =>
  newestFirst(state).find((held) => {
    if (held.notesOf || held.kind === "group") return false;
    if (answersIn(state, held)) return held.client === person;
    const others = held.participants.filter((p) => p.person !== state.me?.id);
    return others.length === 1 && others[0]?.person === person;
  });

/** Whether `text` holds all words of `sought`, in any order, without regard to case and accents. */
export function matches(text: string, sought: string): boolean {
  const plain = (s: string) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain(sought).split(/\s+/).filter(Boolean);
  return words.every((word) => plain(text).includes(word));
}
