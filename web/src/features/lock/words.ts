// What is wrong with a PIN, in words.
import { t } from "../../i18n/text";
import type { Submit } from "../../ui/submit";

export function wordsOf({ wrong }: Submit, field = "pin"): string | undefined {
  const found = wrong(field);
  if (!found) return undefined;
  return found.text || t(found.code === "differs" ? "lock.differs" : "lock.fourDigits");
}
