// What stands below a refused field of these forms.
import { t } from "../../i18n/text";
import type { Submit } from "../../ui/submit";

export function wordsOf(form: Submit, field: string): string | undefined {
  const refused = form.wrong(field);
  return refused && (refused.text || t("error.required"));
}

/** A secret as people copy it: in fours. */
export const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? secret;
