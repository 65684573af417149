// The app on this device: putting it there, and under which name and icon.
import { t, type Key } from "../../i18n/text";
import { install, isInstalled, offer } from "../../platform/install";
import { look, LOOKS, type Look } from "../../platform/look";
import { follow } from "../../platform/router";
import { Icon } from "../../ui/Icon";
import { Choice } from "../accounts/Choice";

const NAMES: Readonly<Record<Look, Key>> = { app: "device.lookApp", neutral: "device.lookNeutral" };

export function AppSettings() {
  return (
    <>
      <section class="settings-part" aria-labelledby="device-app">
        <h3 id="device-app">{t("device.title")}</h3>
        {isInstalled() ? <Installed /> : <Install />}
      </section>
      <Choice
        legend={t("device.look")}
        options={LOOKS.map((value) => ({ value, label: t(NAMES[value]) }))}
        chosen={look.value}
        onChoose={(chosen) => (look.value = chosen)}
      />
      <p class="quiet">{t("device.lookHint")}</p>
    </>
  );
}

function Installed() {
  return (
    <p class="saved">
      <Icon name="check" size={20} />
      {t("device.installed")}
    </p>
  );
}

function Install() {
  return (
    <>
      <p>{t("device.explain")}</p>
      <div class="actions">
        {offer.value && (
          <button type="button" class="button" onClick={() => void install()}>
            {t("device.install")}
          </button>
        )}
        <a class="button" href="/hulp/install" onClick={follow}>
          {t("device.how")}
        </a>
      </div>
    </>
  );
}
