// The second step of signing in, by what the person has: a passkey, a code of their app, a recovery code.
import type { Ways } from "../../api/http";
import { t } from "../../i18n/text";
import type { UsedPasskey } from "../../platform/passkeys";
import { PasskeyButton } from "../passkeys/PasskeyButton";
import { CodeStep } from "./CodeStep";

interface Props {
  readonly ways: Ways;
  readonly onCode: (code: string) => Promise<void>;
  readonly onPasskey: (used: UsedPasskey) => Promise<void>;
  readonly onBack: () => void;
}

export function SecondStep({ ways, onCode, onPasskey, onBack }: Props) {
  return (
    <>
      {ways.passkey && <PasskeyButton label={t("passkeys.use")} onUsed={onPasskey} />}
      <CodeStep action={t("signIn.submit")} onCode={onCode} recoveryOnly={!ways.code} onBack={onBack} />
    </>
  );
}
