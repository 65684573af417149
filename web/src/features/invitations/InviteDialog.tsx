// Inviting a client by e-mail.
import { useState } from "preact/hooks";
import { invite } from "../../api/invitations";
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";

interface Props {
  readonly onClose: () => void;
  readonly onInvited?: () => void;
}

export function InviteDialog({ onClose, onInvited }: Props) {
  const [firstName, setFirstName] = useState("");
  const [lastName, setLastName] = useState("");
  const [email, setEmail] = useState("");
  const [sentTo, setSentTo] = useState("");
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ firstName, lastName, email });
    await invite({ firstName: firstName.trim(), lastName: lastName.trim(), email: email.trim() });
    setSentTo(email.trim());
    onInvited?.();
  });
  const words = (field: string) => {
    const refused = wrong(field);
    return refused && (refused.code === "required" ? t("error.required") : refused.text);
  };
  if (sentTo)
    return (
      <Dialog title={t("invite.title")} close={t("dialog.close")} onClose={onClose}>
        <p role="status">{t("invite.sent", { email: sentTo })}</p>
        <div class="actions end">
          <button type="button" class="button primary" onClick={onClose}>
            {t("invite.done")}
          </button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t("invite.title")} close={t("dialog.close")} onClose={onClose}>
      <form class="form" onSubmit={submit} noValidate>
        <p>{t("invite.intro")}</p>
        <FormError error={error} />
        <Field
          label={t("account.firstName")}
          name="firstName"
          autocomplete="off"
          required
          value={firstName}
          onInput={setFirstName}
          error={words("firstName")}
        />
        <Field
          label={t("account.lastName")}
          name="lastName"
          autocomplete="off"
          required
          value={lastName}
          onInput={setLastName}
          error={words("lastName")}
        />
        <Field
          label={t("account.email")}
          name="email"
          type="email"
          autocomplete="off"
          autocapitalize="none"
          required
          value={email}
          onInput={setEmail}
          error={words("email")}
        />
        <div class="actions end">
          <button type="button" class="button" onClick={onClose}>
            {t("dialog.cancel")}
          </button>
          <button type="submit" class="button primary" aria-disabled={busy}>
            {t("invite.submit")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
