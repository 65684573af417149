// What a refused field is told, wherever a form of administration shows it.
import type { Submit } from "../../ui/submit";
import { t } from "../../i18n/text";

export function wordsFor(form: Submit, field: string): string | undefined {
  const refused = form.wrong(field);
  return refused && (refused.text || t("error.required"));
}
