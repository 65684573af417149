// Countries by the names that the browser has for them.
import { language } from "./text";

/** "Nederland" for "NL", in the person's language; empty for what is no country that the browser knows. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return "";
  return new Intl.DisplayNames(language.value, { type: "region", fallback: "none" }).of(code) ?? "";
}
