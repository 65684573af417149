// Asking for a code where the password was right: at sign-in, and before what asks to be sure once more. Without the
// telephone at hand a recovery code is another way.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { SupportLine } from "../help/SupportLine";
import { CodeField } from "./CodeField";
import { wordsOf } from "./words";

interface Props {
  readonly action: string;
  readonly onCode: (code: string) => Promise<void>;
  /** There is no app that makes codes: recovery codes alone. */
  readonly recoveryOnly?: boolean;
  /** Back to the password. */
  readonly onBack?: () => void;
}

export function CodeStep({ action, onCode, recoveryOnly = false, onBack }: Props) {
  const [recovery, setRecovery] = useState(recoveryOnly);
  const [code, setCode] = useState("");
  const form = useSubmit(async () => {
    need({ code });
    await onCode(code);
  });
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => place.current?.querySelector("input")?.focus(), [recovery]);
  const toggle = () => {
    setCode("");
    setRecovery(!recovery);
  };
  return (
    <form class="form" onSubmit={form.submit} noValidate ref={place}>
      <p>{t(recovery ? "factor.askRecovery" : "factor.ask")}</p>
      <FormError error={form.wrong("code") ? null : form.error} />
      <CodeField value={code} onInput={setCode} recovery={recovery} error={wordsOf(form, "code")} />
      <button type="submit" class="button primary wide" aria-disabled={form.busy}>
        {action}
      </button>
      {recovery && <p class="quiet">{t("factor.lostAll")}</p>}
      {recovery && <SupportLine />}
      {!recoveryOnly && (
        <button type="button" class="text-button at-start" onClick={toggle}>
          {t(recovery ? "factor.useCode" : "factor.useRecovery")}
        </button>
      )}
      {onBack && (
        <button type="button" class="text-button at-start" onClick={onBack}>
          {t("factor.backToPassword")}
        </button>
      )}
    </form>
  );
}
