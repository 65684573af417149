// One out of a few, as radio buttons.
import { useId } from "preact/hooks";
import { Icon } from "../../ui/Icon";

interface Props<T extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  /** Null: nothing yet. */
  readonly chosen: T | null;
  readonly onChoose: (value: T) => void;
  readonly error?: string | undefined;
}

export function Choice<T extends string>({ legend, options, chosen, onChoose, error }: Props<T>) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {error && (
        <p class="error" role="alert">
          <Icon name="warning" size={20} />
          {error}
        </p>
      )}
      {options.map(({ value, label }) => (
        <label class="check" key={value}>
          <input type="radio" name={name} value={value} checked={value === chosen} onChange={() => onChoose(value)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
