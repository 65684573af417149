// Asks once more before a message is withdrawn for everybody.
import { t } from "../../i18n/text";
import { withdraw } from "../../realtime/client";
import { Dialog } from "../../ui/Dialog";

interface Props {
  readonly conversation: string;
  readonly seq: number;
  readonly onClose: () => void;
}

export function Withdrawing({ conversation, seq, onClose }: Props) {
  const confirm = () => {
    withdraw(conversation, seq);
    onClose();
  };
  return (
    <Dialog title={t("withdrawing.title")} close={t("dialog.close")} onClose={onClose}>
      <p>{t("withdrawing.text")}</p>
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          {t("dialog.cancel")}
        </button>
        <button type="button" class="button danger" onClick={confirm}>
          {t("withdrawing.submit")}
        </button>
      </div>
    </Dialog>
  );
}
