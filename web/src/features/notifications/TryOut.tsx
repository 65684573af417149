// Sends the person a notification, so that they see that it comes.
import { useState } from "preact/hooks";
import { tryOut } from "../../api/notifications";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";

export function TryOut() {
  const [sent, setSent] = useState<{ push: boolean } | null>(null);
  const { busy, error, submit } = useSubmit(async () => {
    setSent(null);
    setSent(await tryOut());
  });
  return (
    <div class="try-out">
      <FormError error={error} />
      <button type="button" class="button small" onClick={() => submit()} aria-disabled={busy}>
        {t("notifications.try")}
      </button>
      <p role="status">{sent && t(sent.push ? "notifications.try.sent" : "notifications.try.mailed")}</p>
    </div>
  );
}
