// What stands in place of the app while it is locked. It tells nothing of whose app this is, nor of what is in it.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../api/http";
import { signOut } from "../../api/sign-in";
import { t } from "../../i18n/text";
import { look } from "../../platform/look";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";
import { Page } from "../accounts/Page";
import { unlock } from "./by-pin";
import { unlockBySensor } from "./by-sensor";
import { isKept, withSensor } from "./here";
import { check, leave } from "./lock";
import { isPin } from "./pin";
import { PinField } from "./PinField";
import { wordsOf } from "./words";

export function LockScreen() {
  return (
    <Page title={t("lock.locked")} help={false}>
      {isKept() ? <Ask /> : <p>{t("lock.elsewhere")}</p>}
      {withSensor.value && <BySensor />}
      <Forgotten />
      {look.value === "app" && (
        <p class="quiet">
          {t("firstStart.emergency")} <a href="tel:112">{t("firstStart.call")}</a>
        </p>
      )}
    </Page>
  );
}

function Ask() {
  const [pin, setPin] = useState("");
  const form = useSubmit(async () => {
    if (!isPin(pin)) throw new ApiError(422, "no_pin", "", [{ field: "pin", code: "no_pin", text: "" }]);
    await unlock(pin).finally(() => setPin((now) => (now === pin ? "" : now)));
  });
  const isOffline = form.error?.code === "unreachable";
  useEffect(() => void check().catch(() => {}), []);
  // The fourth digit opens; the button is there for who would rather press it. What was typed meanwhile follows.
  useEffect(() => {
    if (isPin(pin) && !form.busy) form.submit();
  }, [pin, form.busy]);
  return (
    <form class="form pin-form" onSubmit={form.submit} noValidate>
      {isOffline ? <p class="error">{t("lock.offline")}</p> : <FormError error={form.wrong("pin") ? null : form.error} />}
      <PinField label={t("lock.code")} hint={t("lock.codeHint")} value={pin} onInput={setPin} error={wordsOf(form)} />
      <button type="submit" class="button primary wide" aria-disabled={form.busy}>
        {t(form.busy ? "lock.opening" : "lock.open")}
      </button>
    </form>
  );
}

/** Beside the PIN, where the device's sensor was added. */
function BySensor() {
  const { busy, error, submit } = useSubmit(unlockBySensor);
  return (
    <div class="form">
      <FormError error={error?.code === "sensor" ? null : error} />
      <div role="alert">{error?.code === "sensor" && <p class="notice">{t("sensor.notKnown")}</p>}</div>
      <button type="button" class="button wide" onClick={() => submit()} aria-disabled={busy}>
        {t("sensor.open")}
      </button>
    </div>
  );
}

/** Nobody can look a PIN up: who forgot it signs out, and in again. */
function Forgotten() {
  const [asked, setAsked] = useState(!isKept());
  const { busy, error, submit } = useSubmit(async () => {
    await signOut().finally(() => leave("ended"));
  });
  if (!asked) {
    return (
      <button type="button" class="text-button at-start" onClick={() => setAsked(true)}>
        {t("lock.forgotten")}
      </button>
    );
  }
  return (
    <div class="form">
      {isKept() && <p>{t("lock.forgottenText")}</p>}
      <FormError error={error} />
      <button type="button" class="button wide" onClick={() => submit()} aria-disabled={busy}>
        {t("settings.signOut")}
      </button>
    </div>
  );
}
