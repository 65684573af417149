// What asks for the password and a code (or a recovery code) at once: switching off, new recovery codes, and another
// telephone, of which a code follows.
import { useState } from "preact/hooks";
import { beginOther, linkOther, renewCodes, turnOff, type Secret } from "../../api/second-factor";
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { useOwnPassword } from "../accounts/own-password";
import { PasswordField } from "../accounts/PasswordField";
import { CodeField } from "./CodeField";
import { RecoveryCodes } from "./RecoveryCodes";
import { Scan } from "./Scan";
import { wordsOf } from "./words";

export type Deed = "off" | "codes" | "other";

const WORDS = {
  off: { title: "factor.off", text: "factor.offText", action: "factor.off" },
  codes: { title: "factor.renew", text: "factor.renewText", action: "factor.renew" },
  other: { title: "factor.other", text: "factor.otherText", action: "factor.next" },
} as const;

interface Props {
  readonly deed: Deed;
  /** There is a passkey, which stays. */
  readonly passkey: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function ProveDialog({ deed, passkey, onDone, onClose }: Props) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [recovery, setRecovery] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  const [warn, setWarn] = useState(false);
  const own = useOwnPassword();
  const form = useSubmit(async () => {
    need(own ? { password, code } : { code });
    if (deed === "codes") return setCodes((await renewCodes(password, code)).codes);
    if (deed === "other") return setSecret(await beginOther(password, code));
    await turnOff(password, code);
    onDone();
  });
  const again = () => {
    setSecret(null);
    setCode("");
  };
  const toggle = () => {
    setCode("");
    setRecovery(!recovery);
  };
  const mayClose = () => {
    setWarn(codes !== null);
    return codes === null;
  };
  const named = form.wrong("password") ?? form.wrong("code");
  return (
    <Dialog title={t(WORDS[deed].title)} close={t("dialog.close")} mayClose={mayClose} onClose={onClose}>
      {codes && <RecoveryCodes codes={codes} onDone={onDone} warn={warn} />}
      {secret && (
        <Scan secret={secret} action={t("factor.link")} onCode={(said) => linkOther(said).then(onDone)} onOver={again} />
      )}
      {!codes && !secret && (
        <form class="form" onSubmit={form.submit} noValidate>
          <p>{t(deed === "off" && passkey ? "factor.offTextPasskey" : WORDS[deed].text)}</p>
          <FormError error={named ? null : form.error} />
          {own && <PasswordField value={password} onInput={setPassword} error={wordsOf(form, "password")} />}
          <CodeField value={code} onInput={setCode} recovery={recovery} error={wordsOf(form, "code")} />
          <button type="button" class="text-button at-start" onClick={toggle}>
            {t(recovery ? "factor.useCode" : "factor.useRecovery")}
          </button>
          <button type="submit" class={`button wide ${deed === "off" ? "danger" : "primary"}`} aria-disabled={form.busy}>
            {t(WORDS[deed].action)}
          </button>
        </form>
      )}
    </Dialog>
  );
}
