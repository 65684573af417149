// Four digits, hidden as they are typed, with the telephone's keypad of numbers.
import { Field } from "../../ui/Field";
import { DIGITS } from "./pin";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly name?: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

export function PinField({ name = "pin", ...field }: Props) {
  return (
    <Field
      {...field}
      name={name}
      type="password"
      inputmode="numeric"
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      maxLength={DIGITS}
      required
    />
  );
}
