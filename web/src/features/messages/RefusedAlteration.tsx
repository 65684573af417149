// Says that what the person wanted with a message did not happen, and why.
import { t } from "../../i18n/text";
import { dismiss } from "../../realtime/client";
import type { Alteration } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { restore } from "./composing";

export function RefusedAlteration({ alteration }: { alteration: Alteration }) {
  const { request, conversation, wish } = alteration;
  const keepText = (body: string) => {
    restore(conversation, body);
    dismiss(request);
  };
  return (
    <div class="refusal" role="alert">
      <p>
        <Icon name="warning" size={18} />
        <strong>{t("alteration.refused")}</strong> {alteration.text}
      </p>
      <div class="actions end">
        {wish.type === "edit" && (
          <button type="button" class="button small" onClick={() => keepText(wish.body)}>
            {t("alteration.keepText")}
          </button>
        )}
        <button type="button" class="button small" onClick={() => dismiss(request)}>
          {t("dialog.close")}
        </button>
      </div>
    </div>
  );
}
