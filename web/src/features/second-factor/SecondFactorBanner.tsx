// During grace: until when the person can set a second factor up by themselves, on every page, with the way there.
import { t } from "../../i18n/text";
import { dayOf } from "../../i18n/time";
import { follow } from "../../platform/router";
import { state } from "../../realtime/store";
import { Icon } from "../../ui/Icon";

export function SecondFactorBanner() {
  const by = state.value.secondFactorBy;
  if (!by) return null;
  return (
    <p class="notice flat second-factor-banner">
      <Icon name="lock" size={22} />
      <span>
        {t("factor.banner", { day: dayOf(by) })}{" "}
        <a href="/instellingen" onClick={follow}>
          {t("factor.bannerLink")}
        </a>
      </span>
    </p>
  );
}
