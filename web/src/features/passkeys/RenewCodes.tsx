// New recovery codes for who has a passkey and no app that makes codes.
import { useState } from "preact/hooks";
import { proveWithPasskey, renewCodesByPasskey } from "../../api/passkeys";
import { t } from "../../i18n/text";
import type { UsedPasskey } from "../../platform/passkeys";
import { Dialog } from "../../ui/Dialog";
import { RecoveryCodes } from "../second-factor/RecoveryCodes";
import { PasskeyButton } from "./PasskeyButton";

export function RenewCodes({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [warn, setWarn] = useState(false);
  const mayClose = () => {
    setWarn(codes !== null);
    return codes === null;
  };
  const renew = async (used: UsedPasskey) => {
    await proveWithPasskey(used);
    setCodes((await renewCodesByPasskey()).codes);
  };
  return (
    <Dialog title={t("factor.renew")} close={t("dialog.close")} mayClose={mayClose} onClose={onClose}>
      {codes ? (
        <RecoveryCodes codes={codes} onDone={onClose} warn={warn} />
      ) : (
        <>
          <p>{t("passkeys.codesText")}</p>
          <PasskeyButton label={t("passkeys.use")} onUsed={renew} />
        </>
      )}
    </Dialog>
  );
}
