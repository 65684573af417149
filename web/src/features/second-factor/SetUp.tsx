// Switching on, step by step: the password, the QR code with one code of it, and the recovery codes. Each step takes the
// place of the one before; nothing is on until the code was right.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { beginSecondFactor, turnOn, type Secret } from "../../api/second-factor";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { useOwnPassword } from "../accounts/own-password";
import { PasswordField } from "../accounts/PasswordField";
import { RecoveryCodes } from "./RecoveryCodes";
import { Scan } from "./Scan";
import { wordsOf } from "./words";

interface Props {
  readonly onDone: () => void;
  /** It is on, and there are codes to keep. */
  readonly onCodes?: () => void;
  readonly warn?: boolean;
  /** What is told before the first step. */
  readonly intro?: ComponentChildren;
}

export function SetUp({ onDone, onCodes, warn = false, intro }: Props) {
  const [secret, setSecret] = useState<Secret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} warn={warn} />;
  if (!secret)
    return (
      <>
        {intro}
        <AskPassword onSecret={setSecret} />
      </>
    );
  const on = (made: readonly string[]) => {
    if (made.length === 0) return onDone();
    setCodes(made);
    onCodes?.();
  };
  const activate = async (code: string) => on((await turnOn(code)).codes);
  return <Scan secret={secret} action={t("factor.activate")} onCode={activate} onOver={() => setSecret(null)} />;
}

function AskPassword({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const [password, setPassword] = useState("");
  const own = useOwnPassword();
  const form = useSubmit(async () => {
    if (own) need({ password });
    onSecret(await beginSecondFactor(password));
  });
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      {own && <p>{t("factor.passwordText")}</p>}
      <FormError error={form.wrong("password") ? null : form.error} />
      {own && <PasswordField value={password} onInput={setPassword} error={wordsOf(form, "password")} />}
      <button type="submit" class="button primary wide" aria-disabled={form.busy}>
        {t("factor.next")}
      </button>
    </form>
  );
}
