// That a conversation is muted, in its line of the list.
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { mutedNow } from "./mutes";

export function MutedMark({ conversation }: { conversation: string }) {
  if (!mutedNow(conversation)) return null;
  return (
    <span class="muted-mark">
      <Icon name="muted" size={16} />
      <span class="only-read"> {t("mute.muted")}</span>
    </span>
  );
}
