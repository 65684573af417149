// Who was signed in some time ago shows once more who they are, as the server asks: by the password, then by a code where
// there is a second factor, or by a passkey at once.
import { useState } from "preact/hooks";
import { proveWithPasskey } from "../../api/passkeys";
import { reauthenticate, reauthenticateWithCode } from "../../api/sign-in";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { PasswordField } from "../accounts/PasswordField";
import { CodeAgain } from "../second-factor/CodeAgain";
import { wordsOf } from "../second-factor/words";
import { PasskeyButton } from "./PasskeyButton";

export type Asks = "password" | "code";

export const asks = (code: string): Asks | null =>
  code === "reauthenticate" ? "password" : code === "reauthenticate_code" ? "code" : null;

interface Props {
  readonly step: Asks;
  readonly onDone: () => Promise<void>;
  /** The person has a passkey already. */
  readonly passkey: boolean;
}

export function Prove({ step, onDone, passkey }: Props) {
  const [password, setPassword] = useState("");
  const form = useSubmit(async () => {
    need({ password });
    await reauthenticate(password);
    await onDone();
  });
  const withPasskey = passkey && (
    <PasskeyButton label={t("passkeys.use")} onUsed={(used) => proveWithPasskey(used).then(onDone)} />
  );
  if (step === "code")
    return (
      <>
        {withPasskey}
        <CodeAgain action={t("factor.next")} onCode={(code) => reauthenticateWithCode(code).then(onDone)} />
      </>
    );
  return (
    <>
      <form class="form" onSubmit={form.submit} noValidate>
        <p>{t("passkeys.again")}</p>
        <FormError error={form.wrong("password") ? null : form.error} />
        <PasswordField value={password} onInput={setPassword} error={wordsOf(form, "password")} />
        <button type="submit" class="button primary wide" aria-disabled={form.busy}>
          {t("factor.next")}
        </button>
      </form>
      {withPasskey}
    </>
  );
}
