// Under the PIN: opening with the device's own sensor. The PIN stays, for when the sensor does not know the person.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../api/http";
import { t } from "../../i18n/text";
import { hasSensor } from "../../platform/sensor";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useWaiting } from "../../ui/in-order";
import { useSubmit } from "../../ui/submit";
import { dropSensor, useSensor } from "./by-sensor";
import { withSensor } from "./here";
import { isPin } from "./pin";
import { PinField } from "./PinField";
import { wordsOf } from "./words";

/** Where devices keep the setting of their sensor. */
const WHERE = ["sensor.none.iphone", "sensor.none.android", "sensor.none.windows", "sensor.none.mac"] as const;

export function SensorSettings() {
  const [there, setThere] = useState<boolean | null>(null);
  const [asking, setAsking] = useState(false);
  const off = useSubmit(dropSensor);
  useEffect(() => void hasSensor().then(setThere), []);
  useWaiting(there === null);
  if (there === null) return null;
  return (
    <div class="settings-part">
      <h4>{t("sensor.title")}</h4>
      {withSensor.value ? (
        <>
          <p class="saved">
            <Icon name="check" size={20} />
            {t("sensor.isOn")}
          </p>
          <FormError error={off.error} />
          <button type="button" class="button" onClick={() => off.submit()} aria-disabled={off.busy}>
            {t("sensor.off")}
          </button>
        </>
      ) : there ? (
        <button type="button" class="button" onClick={() => setAsking(true)}>
          {t("sensor.use")}
        </button>
      ) : (
        <div class="quiet">
          <p>{t("sensor.none")}</p>
          <ul>
            {WHERE.map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </ul>
        </div>
      )}
      {asking && <Ask onClose={() => setAsking(false)} />}
    </div>
  );
}

function Ask({ onClose }: { onClose: () => void }) {
  const [pin, setPin] = useState("");
  const [unfit, setUnfit] = useState(false);
  const form = useSubmit(async () => {
    setUnfit(false);
    if (!isPin(pin)) throw new ApiError(422, "no_pin", "", [{ field: "pin", code: "no_pin", text: "" }]);
    if (await useSensor(pin)) onClose();
    else setUnfit(true);
  });
  return (
    <Dialog title={t("sensor.title")} close={t("dialog.close")} onClose={onClose}>
      <form class="form" onSubmit={form.submit} noValidate>
        <p>{t("sensor.explain")}</p>
        <FormError error={form.wrong("pin") ? null : form.error} />
        <div role="alert">{unfit && <p class="notice">{t("sensor.unfit")}</p>}</div>
        <PinField label={t("lock.current")} value={pin} onInput={setPin} error={wordsOf(form)} />
        <button type="submit" class="button primary wide" aria-disabled={form.busy}>
          {t("sensor.use")}
        </button>
      </form>
    </Dialog>
  );
}
