// The camera, microphone and speaker that the person chose on this device, by the browser's own ids for them, and whether
// calls go by way of the server only.
import { signal } from "@preact/signals";

export type DeviceUse = "microphone" | "camera" | "speaker";

const KEYS: Readonly<Record<DeviceUse, string>> = { microphone: "zorg.microphone", camera: "zorg.camera", speaker: "zorg.speaker" };
const RELAY = "zorg.relayOnly";

function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function keep(key: string, value: string): void {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    return;
  }
}

/** By use the id of what was chosen; empty: what the browser takes by itself. */
export const chosenDevices = signal<Readonly<Record<DeviceUse, string>>>({
  microphone: kept(KEYS.microphone),
  camera: kept(KEYS.camera),
  speaker: kept(KEYS.speaker),
});

export function chooseDevice(use: DeviceUse, id: string): void {
  chosenDevices.value = { ...chosenDevices.peek(), [use]: id };
  keep(KEYS[use], id);
}

/** Whether pictures and sound go by way of the server only, so that others do not learn this device's address. */
export const relayOnly = signal(kept(RELAY) === "1");

export function chooseRelayOnly(only: boolean): void {
  relayOnly.value = only;
  keep(RELAY, only ? "1" : "");
}
