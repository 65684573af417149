// What a device is called, and what is said of its network: no more than the server knows.
import type { Device } from "../../api/devices";
import { t } from "../../i18n/text";

/** "Chrome op Windows", "iPhone", or that it is not known. */
export function nameOfDevice({ browser, system }: Pick<Device, "browser" | "system">): string {
  if (browser && system) return t("devices.browserOn", { browser, system });
  return browser || system || t("devices.unknown");
}

export function networkOf({ sameNetwork, network }: Pick<Device, "sameNetwork" | "network">): string {
  if (sameNetwork) return t("devices.sameNetwork");
  return network ? t("devices.otherNetwork", { network }) : t("devices.unknownNetwork");
}
