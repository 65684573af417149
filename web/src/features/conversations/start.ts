// Opens the conversation with a person, and starts it when there is none yet; only staff may do the latter.
import { startConversation } from "../../api/conversations";
import { navigate } from "../../platform/router";
import { state } from "../../realtime/store";
import { conversationWith } from "../../state/select";

export async function openWith(person: string): Promise<void> {
  const known = conversationWith(state.value, person)?.id;
  const id = known ?? (await startConversation(person)).conversation;
  navigate(`/gesprekken/${id}`);
}
