// The link in the mail: opening it changes nothing, the button stops the recovery. Nobody has to be signed in.
import { useState } from "preact/hooks";
import { stopRecovery } from "../../api/factor-recovery";
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { dropSecret, takeSecret } from "../../platform/secret";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";
import { Page } from "../accounts/Page";

export function StopRecovery() {
  const [token] = useState(() => takeSecret("recovery"));
  const [stopped, setStopped] = useState(false);
  const { busy, error, submit } = useSubmit(async () => {
    await stopRecovery(token ?? "");
    dropSecret("recovery");
    setStopped(true);
  });
  return (
    <Page title={t("recovery.stopTitle")}>
      {!token && <p role="status">{t("recovery.noLink")}</p>}
      {token && !stopped && (
        <>
          <p>{t("recovery.stopText")}</p>
          <FormError error={error} />
          <button type="button" class="button primary wide" aria-disabled={busy} onClick={() => submit()}>
            {t("recovery.stop")}
          </button>
        </>
      )}
      {stopped && (
        <>
          <p role="status">{t("recovery.isStopped")}</p>
          <p>{t("recovery.choosePassword")}</p>
          <a class="button wide" href="/wachtwoord-vergeten" onClick={follow}>
            {t("signIn.forgotten")}
          </a>
        </>
      )}
    </Page>
  );
}
