// A labelled field with its error and hint tied to it, so that a screen reader reads all three together.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly name?: string;
  readonly type?: "text" | "email" | "password" | "date";
  readonly autocomplete?: string;
  readonly autocapitalize?: "none";
  readonly spellcheck?: boolean;
  readonly inputmode?: "numeric" | "text";
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
  readonly beside?: ComponentChildren;
  readonly children?: ComponentChildren;
}

export function Field({ label, type = "text", value, onInput, error, hint, beside, children, ...input }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div class={beside ? "with-button" : ""}>
        <input
          {...input}
          // The types of Preact want to know each kind of field apart; all of these are fields of text.
          type={type as "text"}
          id={id}
          class="input"
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
        />
        {beside}
      </div>
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="warning" size={20} />
          {error}
        </p>
      )}
      {children}
    </div>
  );
}
