// Who answers in a conversation, for the client who asks: the team where it is a team's, else the staff who take part.
import type { Availability, Notice } from "../../api/protocol";
import type { Held, State } from "../../state/state";

export const isClientIn = (state: State, held: Held): boolean =>
  state.organisations.find((o) => o.id === held.organisation)?.role === "client";

export function answering(state: State, held: Held): readonly Availability[] {
  const wanted = held.team ? [held.team] : held.participants.map((p) => p.person);
  return state.availability.filter((one) => one.organisation === held.organisation && wanted.includes(one.of));
}

/** Who of them is away now. */
export const absent = (all: readonly Availability[]): readonly Availability[] =>
  all.filter((one) => typeof one.absentUntil === "string");

export const noticeOf = (state: State, organisation: string | undefined): Notice | undefined =>
  state.notices.find((notice) => notice.organisation === organisation);
