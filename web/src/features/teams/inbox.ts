// What stands in a team's inbox, and in which order: who waits longest first, then what is open, then what is done.
import { answersIn, lastAt } from "../../state/select";
import type { Held, State } from "../../state/state";

export const SHELVES = ["open", "late", "mine", "handled"] as const;
export type Shelf = (typeof SHELVES)[number];

export const inboxOf = (state: State, team: string): readonly Held[] =>
  Object.values(state.conversations).filter((held) => held.team === team && answersIn(state, held));

export const isWaiting = (held: Held): boolean => Boolean(held.case?.waitingSince);

export const isLate = (held: Held, now: Date): boolean => {
  const by = held.case?.answerBy;
  return isWaiting(held) && Boolean(by) && Date.parse(by as string) < now.getTime();
};

export function shelf(state: State, all: readonly Held[], which: Shelf, now: Date): readonly Held[] {
  const done = (held: Held) => Boolean(held.case?.handledAt);
  const chosen = all.filter((held) => {
    if (which === "handled") return done(held);
    if (which === "late") return isLate(held, now);
    return !done(held) && (which === "open" || held.case?.assignee === state.me?.id);
  });
  return [...chosen].sort((a, b) => order(state, a, b));
}

/** Who waits, the longest first; then the newest. */
function order(state: State, a: Held, b: Held): number {
  const since = (held: Held) => Date.parse(held.case?.waitingSince ?? "") || Infinity;
  const waits = since(a) - since(b);
  return waits || Date.parse(lastAt(state, b)) - Date.parse(lastAt(state, a)) || a.id.localeCompare(b.id);
}
