// Asking for it: whose, and how it was checked who they are. It says beforehand that the person is told and can stop it.
import { useState } from "preact/hooks";
import { askRecovery, HOWS, type Asked, type How } from "../../api/factor-recovery";
import { t } from "../../i18n/text";
import { fullTime } from "../../i18n/time";
import { nameOf } from "../../state/select";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { TextArea } from "../../ui/TextArea";
import { Choice } from "../accounts/Choice";
import { wordsOf } from "../second-factor/words";
import { HOW_NAMES } from "./words";

export function AskRecovery({ onAsked }: { onAsked: () => void }) {
  const [email, setEmail] = useState("");
  const [how, setHow] = useState<How | null>(null);
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState<Asked | null>(null);
  const form = useSubmit(async () => {
    setAsked(null);
    need({ email, how: how ?? "" });
    if (how) setAsked(await askRecovery(email.trim(), how, note.trim()));
    setEmail("");
    setHow(null);
    setNote("");
    onAsked();
  });
  return (
    <form class="form recovery-form" onSubmit={form.submit} noValidate>
      <p>{t("recovery.intro")}</p>
      <p class="notice flat">{t("recovery.warning")}</p>
      <FormError error={form.wrong("email") || form.wrong("how") ? null : form.error} />
      <Field
        label={t("account.email")}
        name="email"
        type="email"
        autocomplete="off"
        autocapitalize="none"
        required
        value={email}
        onInput={setEmail}
        error={wordsOf(form, "email")}
      />
      <Choice
        legend={t("recovery.how")}
        options={HOWS.map((value) => ({ value, label: t(HOW_NAMES[value]) }))}
        chosen={how}
        onChoose={setHow}
        error={wordsOf(form, "how")}
      />
      <TextArea label={t("recovery.note")} hint={t("recovery.noteHint")} most={1000} value={note} onInput={setNote} />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={form.busy}>
          {t("recovery.submit")}
        </button>
      </div>
      <p role="status" class="saved">
        {asked && t("recovery.begun", { name: nameOf(asked.person), due: fullTime(new Date(asked.dueAt)) })}
      </p>
    </form>
  );
}
