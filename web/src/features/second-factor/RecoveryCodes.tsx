// The ten codes for who has lost their telephone, shown this once: to print, to copy or to write down. The browser's own
// button back asks for that first, as the dialog's cross does.
import { useLayoutEffect, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { hold } from "../../platform/router";
import { useFocusAtFirst } from "../../ui/focus";
import { Icon } from "../../ui/Icon";

interface Props {
  readonly codes: readonly string[];
  readonly onDone: () => void;
  /** The person wanted to leave already. */
  readonly warn?: boolean;
}

export function RecoveryCodes({ codes, onDone, warn = false }: Props) {
  const [copied, setCopied] = useState<"" | "copied" | "failed">("");
  const [back, setBack] = useState(false);
  const isWarned = warn || back;
  useLayoutEffect(() => hold(() => setBack(true)), []);
  const first = useFocusAtFirst<HTMLParagraphElement>();
  const copy = () =>
    navigator.clipboard.writeText(codes.join("\n")).then(
      () => setCopied("copied"),
      () => setCopied("failed"),
    );
  return (
    <div class="form recovery-codes">
      <p tabIndex={-1} ref={first}>
        {t("factor.codesText")}
      </p>
      <p class="notice">
        <Icon name="warning" size={22} />
        <span role={isWarned ? "alert" : undefined}>{t(isWarned ? "factor.codesKeepFirst" : "factor.codesOnce")}</span>
      </p>
      <ol class="codes" aria-label={t("factor.codes")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div class="actions">
        <button type="button" class="button" onClick={() => print()}>
          {t("factor.print")}
        </button>
        <button type="button" class="button" onClick={() => void copy()}>
          {t("factor.copy")}
        </button>
        <p role="status" class="saved">
          {copied && t(copied === "copied" ? "factor.copied" : "factor.notCopied")}
        </p>
      </div>
      <button type="button" class="button primary wide" onClick={onDone}>
        {t("factor.codesKept")}
      </button>
    </div>
  );
}
