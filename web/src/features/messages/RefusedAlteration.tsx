// Says that what the person wanted with a message did not happen, and why.
import { t } from "../../i18n/text";
import { dismiss } from "../../realtime/client";
import type { Alteration } from "../../state/state";
import { Icon } from "../../ui/Icon";

export function RefusedAlteration({ alteration }: { alteration: Alteration }) {
  return (
    <div class="refusal" role="alert">
      <p>
        <Icon name="warning" size={18} />
        <strong>{t("alteration.refused")}</strong> {alteration.text}
      </p>
      <div class="actions end">
        <button type="button" class="button small" onClick={() => dismiss(alteration.request)}>
          {t("dialog.close")}
        </button>
      </div>
    </div>
  );
}
