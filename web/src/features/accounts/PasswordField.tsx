// A password that may be shown and pasted. For a new one the rule is ticked off while typing, in words and icon.
import { useId, useState } from "preact/hooks";
import { t, type Key } from "../../i18n/text";
import { Field } from "../../ui/Field";
import { Icon } from "../../ui/Icon";
import { RULES, RULE_NAMES, type Rule } from "./password";

interface Props {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly error?: string | undefined;
  readonly fresh?: boolean;
  readonly name?: string;
  readonly label?: string;
}

const NAMES: Readonly<Record<Rule, Key>> = {
  length: "password.length",
  lower: "password.lower",
  upper: "password.upper",
  digit: "password.digit",
  special: "password.special",
};

export function PasswordField({ value, onInput, error, fresh = false, name = "password", label }: Props) {
  const [shown, setShown] = useState(false);
  const rules = useId();
  const toggle = (
    <button type="button" class="text-button" onClick={() => setShown(!shown)} aria-controls={rules}>
      {shown ? t("password.hide") : t("password.show")}
      <span class="only-read"> {label ?? t("password.showWhat")}</span>
    </button>
  );
  return (
    <div id={rules}>
      <Field
        label={label ?? t("account.password")}
        name={name}
        type={shown ? "text" : "password"}
        autocomplete={fresh ? "new-password" : "current-password"}
        autocapitalize="none"
        spellcheck={false}
        required
        value={value}
        onInput={onInput}
        error={error}
        beside={toggle}
      >
        {fresh && <Rules password={value} />}
      </Field>
    </div>
  );
}

function Rules({ password }: { password: string }) {
  return (
    <ul class="rules" aria-label={t("password.rule")}>
      {RULE_NAMES.map((rule) => {
        const met = RULES[rule](password);
        return (
          <li key={rule} class={met ? "met" : ""}>
            <Icon name={met ? "check" : "circle"} size={18} />
            {t(NAMES[rule])}
            <span class="only-read">: {met ? t("password.met") : t("password.unmet")}</span>
          </li>
        );
      })}
    </ul>
  );
}
