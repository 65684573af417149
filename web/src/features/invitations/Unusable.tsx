// One page for a link that is wrong, used, expired or withdrawn: which of these is not told, what to do is.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { Page } from "../accounts/Page";

export function Unusable() {
  return (
    <Page title={t("unusable.title")}>
      <p>{t("unusable.text")}</p>
      <ul class="steps">
        <li>{t("unusable.used")}</li>
        <li>{t("unusable.ask")}</li>
      </ul>
      <a class="button primary wide" href="/inloggen" onClick={follow}>
        {t("signIn.submit")}
      </a>
    </Page>
  );
}
