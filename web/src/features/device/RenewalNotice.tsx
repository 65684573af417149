// Tells that a newer version of the app is here. It takes over when the person says so; never over what is not sent yet.
import { useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { isNewer, mayRenew, renew } from "../../platform/renewal";
import { Icon } from "../../ui/Icon";

export function RenewalNotice() {
  const [waits, setWaits] = useState(false);
  const press = () => (mayRenew() ? renew() : setWaits(true));
  return (
    <div role="status">
      {isNewer.value && (
        <p class="notice flat">
          <Icon name="info" size={22} />
          <span>
            {t("device.newer")} {waits && t("device.newerWaits")}{" "}
            <button type="button" class="text-button" onClick={press}>
              {t("device.renew")}
            </button>
          </span>
        </p>
      )}
    </div>
  );
}
