// The devices during a call.
import type { Call } from "../../api/protocol";
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { DeviceFields } from "./DeviceFields";
import { HowItGoes } from "./HowItGoes";

export function DeviceDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  return (
    <Dialog title={t("calls.devices")} close={t("dialog.close")} onClose={onClose}>
      <DeviceFields />
      <HowItGoes call={call} />
    </Dialog>
  );
}
