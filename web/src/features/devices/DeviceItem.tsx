// One device: what it is, where it was, since when and until when it was used, and signing out there.
import type { Device } from "../../api/devices";
import { t } from "../../i18n/text";
import { date, wallClock } from "../../i18n/time";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";
import { nameOfDevice, networkOf } from "./words";

export function DeviceItem({ device, onSignOut }: { device: Device; onSignOut: (device: Device) => Promise<void> }) {
  const { busy, error, submit } = useSubmit(() => onSignOut(device));
  const name = nameOfDevice(device);
  return (
    <li>
      <div>
        <p class="device-name">
          {name} {device.current && <span class="device-this">{t("devices.this")}</span>}
        </p>
        <p class="quiet">{t("devices.since", { day: date(new Date(device.since)) })}</p>
        {!device.current && (
          <>
            <p class="quiet">{device.connected ? t("devices.connected") : t("devices.used", { at: wallClock(new Date(device.usedAt)) })}</p>
            <p class="quiet">{networkOf(device)}</p>
          </>
        )}
        <FormError error={error} />
      </div>
      {!device.current && (
        <button type="button" class="button" aria-disabled={busy} onClick={() => submit()}>
          {t("devices.signOut")}
          <span class="only-read"> {name}</span>
        </button>
      )}
    </li>
  );
}
