// How many messages of others wait to be read, over all conversations.
import { session } from "../../realtime/store";
import { unreadIn } from "../../state/select";

export function unreadTotal(): number {
  const { state, read } = session.value;
  return Object.values(state.conversations).reduce((sum, held) => sum + unreadIn(state, held, read[held.id]), 0);
}
