// That something was saved, read out politely.
import { t } from "../i18n/text";
import { Icon } from "./Icon";

export function Saved({ at }: { at: number }) {
  return (
    <p role="status" class="saved">
      {at > 0 && (
        <>
          <Icon name="check" size={20} />
          {t("action.saved")}
        </>
      )}
    </p>
  );
}
