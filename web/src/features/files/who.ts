// Who sent a file: oneself, somebody known here, or who came with the list; a team for its client.
import type { Listed } from "../../api/files";
import type { Person } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameById, nameOf } from "../../state/select";

export function whoSent({ sender }: Listed, people: readonly Person[] = []): string {
  const now = state.value;
  if (sender === now.me?.id) return t("messages.you");
  const person = now.people[sender] ?? people.find((one) => one.id === sender);
  return person ? nameOf(person) : nameById(now, sender) || t("messages.unknown");
}
