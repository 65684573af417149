// How much waits for the person, by where it is listed: messages of others to be read, and clients who wait for a team.
import { session, state } from "../../realtime/store";
import { placeOf, unreadIn, type Place } from "../../state/select";
import { inboxOf, isWaiting } from "../teams/inbox";

export function unreadAt(place: Place): number {
  const now = state.value;
  return Object.values(now.conversations)
    .filter((held) => placeOf(now, held) === place)
    .reduce((sum, held) => sum + unreadIn(now, held, session.value.read[held.id]), 0);
}

export const waitingFor = (team: string): number => inboxOf(state.value, team).filter(isWaiting).length;

export function unreadTotal(): number {
  const mine = state.value.teams.filter((team) => team.mine);
  return unreadAt("conversations") + unreadAt("groups") + mine.reduce((sum, team) => sum + waitingFor(team.id), 0);
}
