// All that there is for who must have a second factor and has none: setting it up, or signing out. The server refuses the
// rest, so nothing of the messenger is drawn.
import { t } from "../../i18n/text";
import { connect } from "../../realtime/client";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useSubmit } from "../../ui/submit";
import { Page } from "../accounts/Page";
import { leaveByOneself } from "../accounts/sign-out";
import { SetUp } from "./SetUp";

export function SecondFactorNeeded() {
  const leave = useSubmit(leaveByOneself);
  return (
    <Page title={t("factor.needed")}>
      <SetUp onDone={connect} intro={<Why />} />
      <FormError error={leave.error} />
      <button type="button" class="text-button at-start" onClick={() => leave.submit()}>
        {t("settings.signOut")}
      </button>
    </Page>
  );
}

function Why() {
  return (
    <>
      <p class="notice">
        <Icon name="lock" size={22} />
        <span>{t("factor.neededText")}</span>
      </p>
      <p>{t("factor.explain")}</p>
    </>
  );
}
