// What went wrong with a form as a whole, read out at once.
import type { ApiError } from "../api/http";
import { errorText } from "../i18n/error";
import { t } from "../i18n/text";
import { Icon } from "./Icon";

export function FormError({ error }: { error: ApiError | null }) {
  if (!error) return null;
  const fields = error.code === "invalid" || error.code === "required";
  const text = fields ? t("error.check") : errorText(error);
  return (
    <p class="form-error" role="alert">
      <Icon name="warning" size={22} />
      {text}
    </p>
  );
}
