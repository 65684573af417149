// Opens the conversation with a person, and starts it when there is none yet; only staff may do the latter.
import { startConversation } from "../../api/conversations";
import { navigate } from "../../platform/router";
import { state } from "../../realtime/store";
import { conversationWith, isStaff, newestFirst } from "../../state/select";
import type { State } from "../../state/state";

export async function openWith(person: string): Promise<void> {
  const known = knownWith(state.value, person)?.id;
  const id = known ?? (await startConversation(person)).conversation;
  navigate(`/gesprekken/${id}`);
}

/** A client cannot start one, so for them any conversation in which they meet this person will do. */
function knownWith(now: State, person: string) {
  const alone = conversationWith(now, person);
  if (alone || isStaff(now)) return alone;
  return newestFirst(now).find((held) => held.participants.some((p) => p.person === person));
}
