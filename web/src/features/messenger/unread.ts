// How much waits for the person, by where it is listed: messages of others to be read, and clients who wait for a team.
import { session } from "../../realtime/store";
import { placeOf, unreadIn, type Place } from "../../state/select";
import { inboxOf, isWaiting } from "../teams/inbox";

export function unreadAt(place: Place): number {
  const { state, read } = session.value;
  return Object.values(state.conversations)
    .filter((held) => placeOf(state, held) === place)
    .reduce((sum, held) => sum + unreadIn(state, held, read[held.id]), 0);
}

export const waitingFor = (team: string): number => inboxOf(session.value.state, team).filter(isWaiting).length;

export function unreadTotal(): number {
  const mine = session.value.state.teams.filter((team) => team.mine);
  return unreadAt("conversations") + unreadAt("groups") + mine.reduce((sum, team) => sum + waitingFor(team.id), 0);
}
