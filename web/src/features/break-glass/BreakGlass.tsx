// Reaching a client who is not among one's contacts: with their own address and a reason, for a day. It says beforehand
// that the privacy officer is told.
import { useState } from "preact/hooks";
import { breakGlass, type Reached } from "../../api/break-glass";
import { startConversation } from "../../api/conversations";
import { t } from "../../i18n/text";
import { fullTime } from "../../i18n/time";
import { navigate } from "../../platform/router";
import { nameOf } from "../../state/select";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";

export function BreakGlass({ onClose }: { onClose: () => void }) {
  const [reached, setReached] = useState<Reached | null>(null);
  return (
    <Dialog title={t("breakGlass.title")} close={t("dialog.close")} onClose={onClose}>
      {reached ? <Done reached={reached} onClose={onClose} /> : <Ask onReached={setReached} onClose={onClose} />}
    </Dialog>
  );
}

function Ask({ onReached, onClose }: { onReached: (reached: Reached) => void; onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [reason, setReason] = useState("");
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ email, reason });
    onReached(await breakGlass(email.trim(), reason.trim()));
  });
  const words = (field: string) => {
    const refused = wrong(field);
    return refused && (refused.code === "required" ? t("error.required") : refused.text);
  };
  return (
    <form class="form" onSubmit={submit} noValidate>
      <p>{t("breakGlass.intro")}</p>
      <p class="notice flat">{t("breakGlass.warning")}</p>
      <FormError error={error} />
      <Field
        label={t("breakGlass.email")}
        name="email"
        type="email"
        autocomplete="off"
        autocapitalize="none"
        required
        value={email}
        onInput={setEmail}
        error={words("email")}
      />
      <Field
        label={t("breakGlass.reason")}
        hint={t("breakGlass.reasonHint")}
        name="reason"
        autocomplete="off"
        required
        value={reason}
        onInput={setReason}
        error={words("reason") && t("breakGlass.reasonShort")}
      />
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          {t("dialog.cancel")}
        </button>
        <button type="submit" class="button primary" aria-disabled={busy}>
          {t("breakGlass.submit")}
        </button>
      </div>
    </form>
  );
}

function Done({ reached, onClose }: { reached: Reached; onClose: () => void }) {
  const { busy, error, submit } = useSubmit(async () => {
    const { conversation } = await startConversation(reached.person.id);
    onClose();
    navigate(`/gesprekken/${conversation}`);
  });
  const until = fullTime(new Date(reached.until));
  return (
    <form class="form" onSubmit={submit}>
      <p role="status">{t("breakGlass.done", { name: nameOf(reached.person), until })}</p>
      <FormError error={error} />
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          {t("dialog.close")}
        </button>
        <button type="submit" class="button primary" aria-disabled={busy}>
          {t("breakGlass.start")}
        </button>
      </div>
    </form>
  );
}
