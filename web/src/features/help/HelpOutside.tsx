// The questions for who is not signed in, and may be looking for how that is done.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { Page } from "../accounts/Page";
import { HelpPage } from "./HelpPage";

export function HelpOutside() {
  return (
    <Page title={t("menu.help")} wide>
      <p>
        <a class="button" href="/inloggen" onClick={follow}>
          {t("help.toSignIn")}
        </a>
      </p>
      <HelpPage gone outside />
    </Page>
  );
}
