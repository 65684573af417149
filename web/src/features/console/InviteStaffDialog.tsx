// Inviting a colleague by e-mail, in a role.
import { useState } from "preact/hooks";
import { inviteStaff, type StaffRole } from "../../api/console";
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { SelectField } from "../../ui/SelectField";
import { need, useSubmit } from "../../ui/submit";
import { roleOptions } from "./role-options";
import { wordsFor } from "./words";

export function InviteStaffDialog({ onClose }: { onClose: () => void }) {
  const [sentTo, setSentTo] = useState("");
  return (
    <Dialog title={t("console.inviteStaff")} close={t("dialog.close")} onClose={onClose}>
      {sentTo ? <Sent to={sentTo} onClose={onClose} /> : <Form onSent={setSentTo} onClose={onClose} />}
    </Dialog>
  );
}

function Sent({ to, onClose }: { to: string; onClose: () => void }) {
  return (
    <>
      <p role="status">{t("invite.sent", { email: to })}</p>
      <div class="actions end">
        <button type="button" class="button primary" onClick={onClose}>
          {t("invite.done")}
        </button>
      </div>
    </>
  );
}

function Form({ onSent, onClose }: { onSent: (to: string) => void; onClose: () => void }) {
  const [firstName, setFirstName] = useState("");
  const [lastName, setLastName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<StaffRole>("practitioner");
  const form = useSubmit(async () => {
    need({ firstName, lastName, email });
    const invitee = { firstName: firstName.trim(), lastName: lastName.trim(), email: email.trim(), role };
    await inviteStaff(invitee);
    onSent(invitee.email);
  });
  const words = (field: string) => wordsFor(form, field);
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      <p>{t("console.inviteIntro")}</p>
      <FormError error={form.error} />
      <Field label={t("account.firstName")} autocomplete="off" required value={firstName} onInput={setFirstName} error={words("firstName")} />
      <Field label={t("account.lastName")} autocomplete="off" required value={lastName} onInput={setLastName} error={words("lastName")} />
      <Field
        label={t("account.email")}
        type="email"
        autocomplete="off"
        autocapitalize="none"
        required
        value={email}
        onInput={setEmail}
        error={words("email")}
      />
      <SelectField label={t("console.role")} value={role} options={roleOptions()} onChange={setRole} error={words("role")} />
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          {t("dialog.cancel")}
        </button>
        <button type="submit" class="button primary" aria-disabled={form.busy}>
          {t("invite.submit")}
        </button>
      </div>
    </form>
  );
}
