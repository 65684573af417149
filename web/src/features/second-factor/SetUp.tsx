// Switching on, step by step: the password, the QR code with one code of it, and the recovery codes. Each step takes the
// place of the one before; nothing is on until the code was right.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { beginSecondFactor, turnOn, type Secret } from "../../api/second-factor";
import { t } from "../../i18n/text";
import { useFocusAtFirst } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { useOwnPassword } from "../accounts/own-password";
import { PasswordField } from "../accounts/PasswordField";
import { CodeField } from "./CodeField";
import { RecoveryCodes } from "./RecoveryCodes";
import { inFours, wordsOf } from "./words";

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
  return <Scan secret={secret} onCodes={on} onOver={() => setSecret(null)} />;
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

interface ScanProps {
  readonly secret: Secret;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onOver: () => void;
}

function Scan({ secret, onCodes, onOver }: ScanProps) {
  const [code, setCode] = useState("");
  const first = useFocusAtFirst<HTMLParagraphElement>();
  const form = useSubmit(async () => {
    need({ code });
    onCodes((await turnOn(code)).codes);
  });
  const over = form.error?.code === "setup_over";
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      <p tabIndex={-1} ref={first}>
        {t("factor.scan")}
      </p>
      <img class="qr" src={secret.picture} alt={t("factor.qr")} width={208} height={208} />
      <div>
        <p class="hint">{t("factor.secret")}</p>
        <p class="secret">{inFours(secret.secret)}</p>
      </div>
      <FormError error={form.wrong("code") ? null : form.error} />
      {over ? (
        <button type="button" class="button primary wide" onClick={onOver}>
          {t("factor.again")}
        </button>
      ) : (
        <>
          <CodeField value={code} onInput={setCode} error={wordsOf(form, "code")} />
          <button type="submit" class="button primary wide" aria-disabled={form.busy}>
            {t("factor.activate")}
          </button>
        </>
      )}
    </form>
  );
}
