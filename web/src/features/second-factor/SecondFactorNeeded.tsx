// All that there is for who must have a second factor and has none: setting it up, or signing out. The server refuses the
// rest, so nothing of the messenger is drawn.
import { signOut } from "../../api/sign-in";
import { t } from "../../i18n/text";
import { leaveOnPurpose } from "../../platform/farewell";
import { navigate } from "../../platform/router";
import { connect, forget } from "../../realtime/client";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useSubmit } from "../../ui/submit";
import { Page } from "../accounts/Page";
import { SetUp } from "./SetUp";

export function SecondFactorNeeded() {
  const leave = useSubmit(async () => {
    leaveOnPurpose(true);
    await signOut();
    forget();
    navigate("/inloggen", { replace: true });
  });
  return (
    <Page title={t("factor.needed")}>
      <p class="notice">
        <Icon name="lock" size={22} />
        <span>{t("factor.neededText")}</span>
      </p>
      <p>{t("factor.explain")}</p>
      <SetUp onDone={connect} />
      <FormError error={leave.error} />
      <button type="button" class="text-button" onClick={() => leave.submit()}>
        {t("settings.signOut")}
      </button>
    </Page>
  );
}
