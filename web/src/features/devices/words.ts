// What a device is called, and what is said of its network: no more than the server knows.
import type { Device } from "../../api/devices";
import { countryName } from "../../i18n/country";
import { t } from "../../i18n/text";

/** "Chrome op Windows", "iPhone", or that it is not known. */
export function nameOfDevice({ browser, system }: Pick<Device, "browser" | "system">): string {
  if (browser && system) return t("devices.browserOn", { browser, system });
  return browser || system || t("devices.unknown");
}

/** Whether it is on this network, else roughly where; the half of an address where no country is known. */
export function networkOf({ sameNetwork, country, network }: Pick<Device, "sameNetwork" | "country" | "network">): string {
  if (sameNetwork) return t("devices.sameNetwork");
  const name = countryName(country);
  if (name) return t("devices.otherCountry", { country: name });
  return network ? t("devices.otherNetwork", { network }) : t("devices.unknownNetwork");
}
