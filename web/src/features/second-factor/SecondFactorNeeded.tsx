// All that there is for who must have a second factor and has none: setting it up, or signing out. The server refuses the
// rest, so nothing of the messenger is drawn.
import { useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { connect } from "../../realtime/client";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useSubmit } from "../../ui/submit";
import { Page } from "../accounts/Page";
import { leaveByOneself } from "../accounts/sign-out";
import { AddPasskey } from "../passkeys/AddPasskey";
import { usePasskeys } from "../passkeys/PasskeyButton";
import { SetUp } from "./SetUp";

export function SecondFactorNeeded() {
  const leave = useSubmit(leaveByOneself);
  const impossible = usePasskeys() === false;
  const [byPasskey, setByPasskey] = useState(false);
  return (
    <Page title={t("factor.needed")}>
      {byPasskey ? (
        <AddPasskey onDone={connect} passkey={false} />
      ) : (
        <SetUp onDone={connect} intro={<Why />} />
      )}
      {!impossible && !byPasskey && (
        <button type="button" class="text-button at-start" onClick={() => setByPasskey(true)}>
          {t("passkeys.or")}
        </button>
      )}
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
