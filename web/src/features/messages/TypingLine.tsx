// Says who is typing. Its place is always there, so that nothing jumps.
import { plural } from "../../i18n/text";
import { state } from "../../realtime/store";
import { typingIn } from "../../state/select";
import type { Held } from "../../state/state";

export function TypingLine({ held }: { held: Held }) {
  const names = typingIn(state.value, held).map((person) => person.firstName);
  return <p class="typing-line">{names.length > 0 && plural("messages.typing", names.length, { names: names.join(", ") })}</p>;
}
