// The words for a password that was refused: ours when a part of the rule is missing, else the server's (too common).
import type { FieldError } from "../../api/http";
import { t } from "../../i18n/text";

export function refusedPassword(error: FieldError | undefined): string | undefined {
  if (!error) return undefined;
  return error.code === "required" ? t("password.incomplete") : error.text;
}
