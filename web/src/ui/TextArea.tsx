// A labelled field of several lines, with its hint and error tied to it.
import { useId } from "preact/hooks";
import { Icon } from "./Icon";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly lang?: string;
  readonly most?: number;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

export function TextArea({ label, value, onInput, lang, most, hint, error }: Props) {
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
      <textarea
        id={id}
        class="input"
        rows={4}
        lang={lang}
        maxLength={most}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
      />
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="warning" size={20} />
          {error}
        </p>
      )}
    </div>
  );
}
