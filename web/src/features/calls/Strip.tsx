// A call that goes on while one looks at something else in the app: back to it, the microphone, and the red telephone.
import { plural, t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { callById, hangUp, place, show } from "./calls";
import { waitingIn } from "./Knocking";
import { standOf, toggle } from "./own-media";

export function Strip() {
  const now = place.value;
  const call = callById(now?.call);
  const hears = standOf("microphone") === "on";
  const waiting = call && now?.phase === "in" ? waitingIn(call).length : 0;
  return (
    <section class="strip" aria-label={t("calls.title")}>
      <button type="button" class="button primary" onClick={show}>
        <Icon name="video" size={20} />
        {t(now?.phase === "waiting" ? "calls.backToWaiting" : "calls.backToCall")}
      </button>
      {waiting > 0 && <p class="strip-waiting">{plural("calls.waitingCount", waiting)}</p>}
      <button type="button" class="icon-button" aria-pressed={hears} aria-label={t("calls.microphone")} onClick={() => toggle("microphone")}>
        <Icon name={hears ? "microphone" : "microphone-off"} />
      </button>
      <button type="button" class="icon-button hang-up" aria-label={t("calls.hangUp")} onClick={hangUp}>
        <Icon name="hang-up" />
      </button>
    </section>
  );
}
