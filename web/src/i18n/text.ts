// The texts of the app. Dutch is the source: its keys are a type, so a missing text does not compile. English is
// fetched only by those who chose it. A text with a number has one key per plural form: `key.one`, `key.other`; the
// number is written as the language does.
import { signal } from "@preact/signals";
import nl from "@texts/nl/web.json";
import { keepLanguage, keptLanguage, type Language } from "../platform/preferences";

export type Key = keyof typeof nl;
type Plural<K> = K extends `${infer Base}.other` ? Base : never;
export type PluralKey = Plural<Key>;
export type Values = Readonly<Record<string, string | number>>;

const texts = signal<Readonly<Record<Key, string>>>(nl);
export const language = signal<Language>("nl");

export function t(key: Key, values: Values = {}): string {
  return texts.value[key].replace(/\{(\w+)\}/g, (whole, name: string) => written(values[name] ?? whole));
}

const written = (value: string | number): string =>
  typeof value === "number" ? value.toLocaleString(language.value === "nl" ? "nl-NL" : "en-GB") : value;

export function plural(key: PluralKey, count: number, values: Values = {}): string {
  const form = new Intl.PluralRules(language.value).select(count) === "one" ? "one" : "other";
  return t(`${key}.${form}` as Key, { count, ...values });
}

let asked: Language = "nl";

/** From now on; of two that were asked for, the last, also when the texts of the first come later. */
export async function speak(chosen: Language): Promise<void> {
  asked = chosen;
  const next = chosen === "en" ? (await import("@texts/en/web.json")).default : nl;
  if (asked !== chosen) return;
  texts.value = next;
  language.value = chosen;
  document.documentElement.lang = chosen;
  keepLanguage(chosen);
}

export const speakAsKept = (): Promise<void> => speak(keptLanguage());
