// What of the state is of one organisation: somebody of several acts for one at a time, and sees nothing of the others
// beside it.
import type { Organisation } from "../api/protocol";
import { isStaffRole } from "./select";
import type { State } from "./state";

/** The organisation that was chosen, else the first where they work, else the first. */
export const chosenOf = (state: State, chosen: string | null): Organisation | undefined =>
  state.organisations.find((one) => one.id === chosen) ??
  state.organisations.find((one) => isStaffRole(one.role)) ??
  state.organisations[0];

export function within(state: State, chosen: string | null): State {
  if (state.organisations.length < 2) return state;
  const here = chosenOf(state, chosen);
  const of = (one: { readonly organisation: string }) => one.organisation === here?.id;
  const elsewhere = new Set(state.organisations.filter((one) => one !== here).flatMap((one) => one.contacts ?? []));
  const mine = new Set(here?.contacts ?? []);
  return {
    ...state,
    organisations: here ? [here] : [],
    contacts: state.contacts.filter((id) => mine.has(id) || !elsewhere.has(id)),
    teams: state.teams.filter(of),
    conversations: Object.fromEntries(Object.entries(state.conversations).filter(([, held]) => of(held))),
  };
}
