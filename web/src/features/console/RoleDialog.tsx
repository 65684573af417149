// Another role for a colleague. Who has clients hands those over first: the way there is in the refusal.
import { useState } from "preact/hooks";
import { changeRole, type Colleague, type StaffRole } from "../../api/console";
import { t } from "../../i18n/text";
import { nameOf } from "../../state/select";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";
import { Choice } from "../accounts/Choice";
import { roleOptions } from "./role-options";

interface Props {
  readonly who: Colleague;
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly onHandOver: () => void;
}

export function RoleDialog({ who, onClose, onDone, onHandOver }: Props) {
  const [role, setRole] = useState<StaffRole>(who.role);
  const form = useSubmit(async () => {
    await changeRole(who.id, role);
    onDone();
  });
  return (
    <Dialog title={t("console.changeRoleOf", { name: nameOf(who) })} close={t("dialog.close")} onClose={onClose}>
      <form class="form" onSubmit={form.submit} noValidate>
        <p>{t("console.roleText")}</p>
        <Choice legend={t("console.role")} options={roleOptions()} chosen={role} onChoose={setRole} />
        <FormError error={form.error} />
        <div class="actions end">
          {form.error?.code === "hand_over_first" && (
            <button type="button" class="button" onClick={onHandOver}>
              {t("console.toHandOver")}
            </button>
          )}
          <button type="button" class="button" onClick={onClose}>
            {t("dialog.cancel")}
          </button>
          <button type="submit" class="button primary" aria-disabled={form.busy}>
            {t("console.save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
