// Beside the paperclip, for staff in a conversation with a client: asks for documents.
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { asking } from "./asking";

export function RequestButton({ conversation }: { conversation: string }) {
  return (
    <button type="button" class="icon-button" title={t("documents.ask")} onClick={() => (asking.value = conversation)}>
      <Icon name="checklist" size={22} />
      <span class="only-read">{t("documents.ask")}</span>
    </button>
  );
}
