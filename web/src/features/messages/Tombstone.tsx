// What is left of a withdrawn message: that it was there, and who had read it by then.
import type { StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameById } from "../../state/select";
import { Icon } from "../../ui/Icon";

export function tombstoneText(message: StoredMessage): string {
  const { me } = state.value;
  const name = (id: string) => (id === me?.id ? t("tombstone.reader") : nameById(state.value, id) || t("messages.unknown"));
  const who = message.sender === me?.id ? t("tombstone.own") : t("tombstone.other", { name: name(message.sender) });
  const readers = (message.seenBy ?? []).map(name);
  const read = readers.length > 0 ? t("tombstone.read", { names: readers.join(", ") }) : t("tombstone.unread");
  return `${who} ${read}`;
}

export function Tombstone({ message }: { message: StoredMessage }) {
  return (
    <p class="tombstone">
      <Icon name="withdrawn" size={18} />
      {tombstoneText(message)}
    </p>
  );
}
