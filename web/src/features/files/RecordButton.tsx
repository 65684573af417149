// Begins a voice message, where the browser can record one.
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { canRecord } from "./recorder";
import { recording, start } from "./recording";

export function RecordButton({ conversation }: { conversation: string }) {
  if (!canRecord()) return null;
  return (
    <button
      type="button"
      class="icon-button record"
      title={t("record.start")}
      aria-disabled={recording.value !== null}
      onClick={() => void start(conversation)}
    >
      <Icon name="microphone" size={22} />
      <span class="only-read">{t("record.start")}</span>
    </button>
  );
}
