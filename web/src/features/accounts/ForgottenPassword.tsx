// Asking for a mail to choose a new password. Whether the address is known is not told.
import { useState } from "preact/hooks";
import { requestReset } from "../../api/sign-in";
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { Field } from "../../ui/Field";
import { useFocusAtFirst } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { Page } from "./Page";

export function ForgottenPassword() {
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ email });
    await requestReset(email.trim());
    setSent(true);
  });
  return (
    <Page title={t("forgotten.title")}>
      {sent ? (
        <Sent email={email.trim()} />
      ) : (
        <form class="form" onSubmit={submit} noValidate>
          <p>{t("forgotten.intro")}</p>
          <FormError error={error} />
          <Field
            label={t("account.email")}
            name="email"
            type="email"
            autocomplete="username"
            autocapitalize="none"
            required
            value={email}
            onInput={setEmail}
            error={wrong("email") && t("error.email")}
          />
          <button type="submit" class="button primary wide" aria-disabled={busy}>
            {t("forgotten.submit")}
          </button>
        </form>
      )}
      <p>
        <a href="/inloggen" onClick={follow}>
          {t("forgotten.back")}
        </a>
      </p>
    </Page>
  );
}

function Sent({ email }: { email: string }) {
  const text = useFocusAtFirst<HTMLParagraphElement>();
  return (
    <p role="status" tabIndex={-1} ref={text}>
      {t("forgotten.sent", { email })}
    </p>
  );
}
