// A labelled choice of one out of a list, with its error tied to it.
import { useId } from "preact/hooks";
import { Icon } from "./Icon";

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly error?: string | undefined;
}

export function SelectField<T extends string>({ label, value, options, onChange, error }: Props<T>) {
  const id = useId();
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        class="input"
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="warning" size={20} />
          {error}
        </p>
      )}
    </div>
  );
}
