// A group's name and symbol.
import { SYMBOLS, type Symbol } from "../../api/groups";
import { t, type Key } from "../../i18n/text";
import { Field } from "../../ui/Field";
import { GroupSymbol } from "./GroupSymbol";

const NAMES: Readonly<Record<Symbol, Key>> = {
  people: "symbol.people",
  leaf: "symbol.leaf",
  sun: "symbol.sun",
  house: "symbol.house",
  book: "symbol.book",
  heart: "symbol.heart",
  wave: "symbol.wave",
  star: "symbol.star",
};

interface Props {
  readonly title: string;
  readonly symbol: Symbol;
  readonly onTitle: (title: string) => void;
  readonly onSymbol: (symbol: Symbol) => void;
  readonly wrong: { readonly text: string } | undefined;
}

export function LookFields({ title, symbol, onTitle, onSymbol, wrong }: Props) {
  return (
    <>
      <Field
        label={t("groups.name")}
        name="title"
        autocomplete="off"
        required
        value={title}
        onInput={onTitle}
        error={wrong && (wrong.text || t("error.required"))}
      />
      <fieldset class="symbols">
        <legend>{t("groups.symbol")}</legend>
        {SYMBOLS.map((one) => (
          <label key={one} class="symbol-choice">
            <input type="radio" name="symbol" checked={one === symbol} onChange={() => onSymbol(one)} />
            <GroupSymbol symbol={one} />
            <span class="only-read">{t(NAMES[one])}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
