// Under the settings: every browser that the person is signed in with, this one first. One that is signed out is gone from
// the list; what became of it is said where it stood.
import { useEffect, useRef, useState } from "preact/hooks";
import { loadDevices, signOutDevice, signOutOthers, type Device } from "../../api/devices";
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { focusWhenLost } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { useWaiting } from "../../ui/in-order";
import { useSubmit } from "../../ui/submit";
import { DeviceItem } from "./DeviceItem";
import { nameOfDevice } from "./words";

export function DeviceSettings() {
  const [devices, setDevices] = useState<readonly Device[] | null>(null);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState("");
  const load = useSubmit(async () => setDevices(await loadDevices()));
  useEffect(() => load.submit(), []);
  useWaiting(!devices && !load.error);
  const heading = useRef<HTMLHeadingElement>(null);
  const leave = async (device: Device) => {
    await signOutDevice(device.id);
    setDone(t("devices.out", { name: nameOfDevice(device) }));
    setDevices(await loadDevices());
    heading.current?.focus();
  };
  const leaveOthers = async () => {
    await signOutOthers();
    setDone(t("devices.othersOut"));
    setDevices(await loadDevices());
    focusWhenLost("#devices > h3");
  };
  return (
    <section class="devices" id="devices">
      <h3 tabIndex={-1} ref={heading}>
        {t("devices.title")}
      </h3>
      <FormError error={load.error} />
      {!devices && !load.error && <span class="skeleton line" />}
      {devices && (
        <>
          <p class="quiet">{t(devices.length > 1 ? "devices.text" : "devices.none")}</p>
          <ul>
            {devices.map((device) => (
              <DeviceItem key={device.id} device={device} onSignOut={leave} />
            ))}
          </ul>
        </>
      )}
      <p role="status" class="saved">
        {done}
      </p>
      {devices && devices.length > 1 && (
        <button type="button" class="button" onClick={() => setAsking(true)}>
          {t("devices.allOut")}
        </button>
      )}
      {asking && <AskAll onYes={leaveOthers} onClose={() => setAsking(false)} />}
    </section>
  );
}

function AskAll({ onYes, onClose }: { onYes: () => Promise<void>; onClose: () => void }) {
  const { busy, error, submit } = useSubmit(async () => {
    await onYes();
    onClose();
  });
  return (
    <Dialog title={t("devices.allOut")} close={t("dialog.close")} onClose={onClose}>
      <p>{t("devices.allOutText")}</p>
      <FormError error={error} />
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          {t("dialog.cancel")}
        </button>
        <button type="button" class="button danger" aria-disabled={busy} onClick={() => submit()}>
          {t("devices.allOut")}
        </button>
      </div>
    </Dialog>
  );
}
