// One page for a link that is wrong, used, expired or withdrawn: which of these is not told, what to do is.
import { useEffect, useState } from "preact/hooks";
import { loadSession } from "../../api/http";
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { Page } from "../accounts/Page";

export function Unusable() {
  const [signedIn, setSignedIn] = useState(false);
  useEffect(() => void loadSession().then((session) => setSignedIn(session.signedIn), () => {}), []);
  return (
    <Page title={t("unusable.title")}>
      <p>{t("unusable.text")}</p>
      <ul class="steps">
        <li>{t(signedIn ? "unusable.usedSignedIn" : "unusable.used")}</li>
        <li>{t("unusable.ask")}</li>
      </ul>
      <a class="button primary wide" href={signedIn ? "/" : "/inloggen"} onClick={follow}>
        {t(signedIn ? "conversation.toList" : "signIn.submit")}
      </a>
    </Page>
  );
}
