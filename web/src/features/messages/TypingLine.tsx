// Says who is typing. Its place is always there, so that nothing jumps.
import type { Person } from "../../api/protocol";
import { plural, t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { answersIn, nameOf, teamOf, typingIn } from "../../state/select";
import type { Held, State } from "../../state/state";

export function TypingLine({ held }: { held: Held }) {
  const now = state.value;
  const typing = typingIn(now, held);
  const colleague = answersIn(now, held) && typing.find((person) => person.id !== held.client);
  return <p class="typing-line">{colleague ? t("case.answering", { name: nameOf(colleague) }) : typed(now, held, typing)}</p>;
}

function typed(now: State, held: Held, typing: readonly Person[]): string {
  const team = Object.keys(now.typing[held.id] ?? {}).includes(held.team ?? "-") ? teamOf(now, held)?.name : undefined;
  const names = [...typing.map((person) => person.firstName), ...(team ? [team] : [])];
  return names.length > 0 ? plural("messages.typing", names.length, { names: names.join(", ") }) : "";
}
