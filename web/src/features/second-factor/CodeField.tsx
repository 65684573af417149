// A code of the app, or a recovery code in its place: six digits that a telephone can fill in by itself, or letters. What
// is pasted with spaces or a dash is taken as it is.
import { t } from "../../i18n/text";
import { Field } from "../../ui/Field";

interface Props {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly error?: string | undefined;
  readonly recovery?: boolean;
}

export function CodeField({ value, onInput, error, recovery = false }: Props) {
  return (
    <Field
      key={String(recovery)}
      label={t(recovery ? "factor.recoveryCode" : "factor.code")}
      hint={t(recovery ? "factor.recoveryHint" : "factor.codeHint")}
      name="code"
      autocomplete={recovery ? "off" : "one-time-code"}
      inputmode={recovery ? "text" : "numeric"}
      autocapitalize="none"
      spellcheck={false}
      required
      value={value}
      onInput={onInput}
      error={error}
    />
  );
}
