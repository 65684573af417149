// What this device has of a lock: what the PIN, or the sensor, unwraps together with the server's share. Every tab has the
// same; `learn` reads what another has changed.
import { signal } from "@preact/signals";
import type { Minutes } from "../../api/lock";
import { canKeep, readAll, write } from "../../platform/device-store";
import type { Sealed } from "../../platform/sealing";
import { LOCK, OWN, type OwnKey } from "./keys";
import { tellChange } from "./tabs";

export type LockState = "none" | "locked" | "open";

export interface Kept {
  readonly id: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly device: CryptoKeyPair;
  readonly wrapped: Sealed;
  /** Wrapped by the PIN to come, while it is not known yet whether the server took that. */
  readonly next?: Sealed;
  readonly minutes: Minutes;
  readonly sensor?: { readonly id: string; readonly salt: Uint8Array<ArrayBuffer>; readonly wrapped: Sealed };
}

export const lockState = signal<LockState>("none");
export const minutesAway = signal<Minutes>(1);
/** Whether the device's sensor opens it too. */
export const withSensor = signal(false);
export const canLock = canKeep;

let kept: Kept | null = null;

export const keptHere = (): Kept | null => kept;

/** Whether this device has what the PIN opens; the server may know of a lock that was wiped here. */
export const isKept = (): boolean => kept !== null;

function know(next: Kept): void {
  kept = next;
  minutesAway.value = next.minutes;
  withSensor.value = next.sensor !== undefined;
}

/** Reads what this device has of a lock; gives the key that seals without one. */
export async function learn(): Promise<OwnKey | null> {
  if (!canKeep()) return null;
  const found = await readAll<unknown>("lock").catch(() => null);
  const next = found?.get(LOCK) as Kept | undefined;
  if (next) know(next);
  return (found?.get(OWN) ?? null) as OwnKey | null;
}

export async function keep(next: Kept): Promise<void> {
  await write("lock", new Map<string, unknown>([[LOCK, next], [OWN, undefined]]));
  know(next);
  tellChange({});
}

/** In this page's memory; what stands on the device is wiped by `keys.ts`. */
export function forgetKept(): void {
  kept = null;
}
