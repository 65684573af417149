// What was changed is not saved yet: going away asks first.
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { useFocusAtFirst } from "../../ui/focus";

export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const stay = useFocusAtFirst<HTMLButtonElement>();
  return (
    <Dialog title={t("plan.leave")} close={t("dialog.close")} onClose={onStay}>
      <p id="plan-leave">{t("plan.leaveText")}</p>
      <div class="actions end">
        <button type="button" class="button primary" ref={stay} aria-describedby="plan-leave" onClick={onStay}>
          {t("plan.goOn")}
        </button>
        <button type="button" class="button danger" onClick={onLeave}>
          {t("plan.drop")}
        </button>
      </div>
    </Dialog>
  );
}
