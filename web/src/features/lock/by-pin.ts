// What is done with the PIN: setting, proving, changing and removing it, and opening by it. The PIN never leaves the device:
// it is stretched into a proof, which the server compares, and a half, which unwraps the data key together with the
// server's share. Each try is signed by the device's key over a number that the server gave for it.
import { ApiError } from "../../api/http";
import { challenge, changeLock, openLock, removeLock, removeLockByPassword, replaceLock, saveMinutes, setUpLock, type Minutes, type Try } from "../../api/lock";
import { heard, hex, newDataKey, newDeviceKey, publicOf, random, rewrap, said, sign, stretch, unwrap, wrapping } from "../../platform/sealing";
import { keep, keptHere, minutesAway } from "./here";
import { asked, begin, drop, leave } from "./lock";
import { tellChange } from "./tabs";
import { keepWithoutPin } from "./without-pin";

/** Locks this device with a PIN; the app stays open. */
export const setPin = (pin: string, minutes: Minutes): Promise<void> => lockBy(pin, minutes, (key) => setUpLock({ ...key, minutes }));

/** The same in the place of another PIN, which was forgotten; the sensor goes with that. */
export const replacePin = (password: string, pin: string): Promise<void> =>
  lockBy(pin, minutesAway.peek(), (key) => replaceLock({ ...key, password }));

type Door = (key: { publicKey: string; proof: string }) => Promise<{ id: string; share: string }>;

async function lockBy(pin: string, minutes: Minutes, door: Door): Promise<void> {
  const [salt, device] = [random(16), await newDeviceKey()];
  const { proof, half } = await stretch(pin, salt);
  const { id, share } = await door({ publicKey: await publicOf(device), proof: said(proof) });
  const by = await wrapping(heard(share), half);
  const wrapped = await newDataKey(by);
  await keep({ id, salt, device, wrapped, minutes });
  const key = await unwrap(wrapped, by);
  await begin(key, "wiped");
  tellChange({ key });
}

/** A PIN that was right, the server's share for it, and the key that wraps by both. */
export interface Proven {
  readonly pin: string;
  readonly share: string;
  readonly by: CryptoKey;
}

export async function provePin(pin: string): Promise<Proven> {
  const { half, share } = await tried(pin, "open", openLock);
  const by = await wrapping(heard(share), half);
  await settle(by);
  return { pin, share, by };
}

/** The same with the first of two that is right. */
export const proveEither = (one: string, other: string): Promise<Proven> =>
  provePin(one).catch((cause: unknown) => (cause instanceof ApiError && cause.code === "wrong_pin" ? provePin(other) : Promise.reject(cause)));

/** By a PIN that was right: the answer to the last change may have been lost, and it tells whether the server took that. */
async function settle(by: CryptoKey): Promise<void> {
  const kept = keptHere();
  if (!kept?.next) return;
  const { next, ...rest } = kept;
  const isTaken = await unwrap(next, by).then(() => true, () => false);
  await keep(isTaken ? { ...rest, wrapped: next } : rest);
}

/** Another PIN wraps the data key. Share, salt and sensor stay, and all that is kept. */
export async function changePin(now: Proven, pin: string): Promise<void> {
  const kept = keptHere();
  if (!kept) return;
  const { proof, half } = await stretch(pin, kept.salt);
  const wrapped = await rewrap(kept.wrapped, now.by, await wrapping(heard(now.share), half));
  await keep({ ...kept, next: wrapped });
  await tried(now.pin, `change|${hex(proof)}`, (body) => changeLock({ ...body, next: said(proof) }).then(() => ({})));
  const { next: _, ...rest } = kept;
  await keep({ ...rest, wrapped });
}

/** Opens the app. Raises what the server answers. */
export async function unlock(pin: string): Promise<void> {
  if (!keptHere()) return;
  const { by } = await provePin(pin);
  const kept = keptHere();
  const key = kept && (await unwrap(kept.wrapped, by).catch(() => null));
  if (!key) return leave("ended");
  await begin(key, "taken up");
}

export async function removePin(pin: string): Promise<void> {
  await tried(pin, "remove", removeLock).catch(unlessGone);
  await unset();
}

export async function removePinByPassword(password: string): Promise<void> {
  await removeLockByPassword(password).catch(unlessGone);
  await unset();
}

/** It was removed already, and the answer to that was lost. */
function unlessGone(cause: unknown): void {
  if (!(cause instanceof ApiError && cause.code === "no_lock")) throw cause;
}

async function unset(): Promise<void> {
  await drop();
  tellChange({ key: null });
  keepWithoutPin();
}

/** After how many minutes away it is asked. */
export async function setMinutes(minutes: Minutes): Promise<void> {
  const before = minutesAway.peek();
  minutesAway.value = minutes;
  await saveMinutes(minutes).catch((cause: unknown) => {
    minutesAway.value = keptHere()?.minutes ?? before;
    throw cause;
  });
  const kept = keptHere();
  if (kept) await keep({ ...kept, minutes });
}

async function tried<T>(pin: string, purpose: string, door: (body: Try) => Promise<T>): Promise<T & { half: Uint8Array<ArrayBuffer> }> {
  const kept = keptHere();
  if (!kept) throw new ApiError(404, "no_lock", "");
  const { id, salt, device } = kept;
  const { proof, half } = await stretch(pin, salt);
  const once = async () => {
    const { nonce } = await challenge();
    const signature = await sign(device, `${purpose}|${id}|${nonce}|${hex(proof)}`);
    return door({ nonce, proof: said(proof), signature });
  };
  const given = await asked(() => once().catch((cause: unknown) => (isStale(cause) ? once() : Promise.reject(cause))));
  return { ...given, half };
}

const isStale = (cause: unknown): boolean => cause instanceof ApiError && cause.code === "lock_stale";
