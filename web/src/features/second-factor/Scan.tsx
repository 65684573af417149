// The secret as a QR code and as text, and one code of the app that took it.
import { useState } from "preact/hooks";
import type { Secret } from "../../api/second-factor";
import { t } from "../../i18n/text";
import { useFocusAtFirst } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { CodeField } from "./CodeField";
import { inFours, wordsOf } from "./words";

interface Props {
  readonly secret: Secret;
  readonly action: string;
  readonly onCode: (code: string) => Promise<void>;
  /** It took too long: the step before. */
  readonly onOver: () => void;
}

export function Scan({ secret, action, onCode, onOver }: Props) {
  const [code, setCode] = useState("");
  const first = useFocusAtFirst<HTMLParagraphElement>();
  const form = useSubmit(async () => {
    need({ code });
    await onCode(code);
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
            {action}
          </button>
        </>
      )}
    </form>
  );
}
