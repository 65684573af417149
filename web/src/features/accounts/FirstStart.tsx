// The welcome after registering: what this is, and what it is not for. It stays until the person puts it away. Beside an
// open conversation and in a wide window that this is not for emergencies is said already, and not a second time.
import { signal } from "@preact/signals";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { focusWhenLost } from "../../ui/focus";
import { Icon } from "../../ui/Icon";
import { noticeOf } from "../organisations/answering";
import { EmergencyNotice } from "../organisations/EmergencyNotice";

const KEY = "first-start";
const shown = signal(sessionStorage.getItem(KEY) !== null);

export function showFirstStart(): void {
  sessionStorage.setItem(KEY, "1");
  shown.value = true;
}

export function hideFirstStart(): void {
  sessionStorage.removeItem(KEY);
  shown.value = false;
}

function putAway(): void {
  hideFirstStart();
  focusWhenLost("#conversation-title", "#content");
}

export function FirstStart({ emergency }: { emergency: boolean }) {
  const own = noticeOf(state.value, state.value.organisations[0]?.id);
  if (!shown.value) return null;
  return (
    <section class="notice flat first-start" aria-labelledby="first-start">
      <Icon name="info" />
      <div>
        <h2 id="first-start">{t("firstStart.title")}</h2>
        <p>{t("firstStart.text")}</p>
        {emergency && (
          <p class="narrow-only">
            {own ? (
              <EmergencyNotice organisation={own.organisation} />
            ) : (
              <>
                {t("firstStart.emergency")} <a href="tel:112">{t("firstStart.call")}</a>
              </>
            )}
          </p>
        )}
      </div>
      <button type="button" class="button small" onClick={putAway}>
        {t("firstStart.close")}
      </button>
    </section>
  );
}
