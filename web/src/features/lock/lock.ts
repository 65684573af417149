// The lock of the app on this device. Where a PIN is set the app begins locked: nothing is drawn and no line is opened until
// the server has given its share for the PIN. Laws:
// 1. The data key is in this page's memory only while the app is open.
// 2. What the server says is gone (the lock destroyed, the session ended) is wiped here too, at once.
// 3. In a call the app does not lock; it does when the call is over.
// 4. A PIN that is set, changed or removed in one tab is so in every other that is open, at once.
// 5. Without a PIN the same is kept under the browser's own key, from the first welcome until the session's end is heard of.
import { batch, effect, signal } from "@preact/signals";
import { ApiError, onLocked } from "../../api/http";
import { addSensor, challenge, changeLock, closeLock, openBySensor, openLock, removeLock, removeLockByPassword, removeSensor, replaceLock, saveMinutes, setUpLock, stayOpen, type Minutes, type Try } from "../../api/lock";
import { canKeep, clear, readAll, write } from "../../platform/device-store";
import { noteFarewell } from "../../platform/farewell";
import { appName } from "../../platform/look";
import { navigate } from "../../platform/router";
import { heard, hex, newDataKey, newDeviceKey, publicOf, random, rewrap, said, sign, stretch, unwrap, wrapping, type Sealed } from "../../platform/sealing";
import { assert, makeCredential } from "../../platform/sensor";
import { rest } from "../../realtime/client";
import { ended, frameListeners, session, state } from "../../realtime/store";
import { dropKeeping, flush, isKeeping, startKeeping, stopKeeping, type Before } from "./keeping";
import { OWN_KEY, ownKey } from "./own-key";
import { isLastTab, tellChange, tellTabs, type Change } from "./tabs";

export type LockState = "none" | "locked" | "open";

interface Kept {
  readonly id: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly device: CryptoKeyPair;
  readonly wrapped: Sealed;
  /** Wrapped by the PIN to come, while it is not known yet whether the server took that. */
  readonly next?: Sealed;
  readonly minutes: Minutes;
  readonly sensor?: { readonly id: string; readonly salt: Uint8Array<ArrayBuffer>; readonly wrapped: Sealed };
}

const KEY = "lock";
const STAY_EVERY = 60_000;

export const lockState = signal<LockState>("none");
export const minutesAway = signal<Minutes>(1);
export const canLock = canKeep;
/** Whether the device's sensor opens it too. */
export const withSensor = signal(false);

let kept: Kept | null = null;
let staying: ReturnType<typeof setInterval> | undefined;
let following: Promise<void> = Promise.resolve();
let joining: Promise<void> = Promise.resolve();

/** Whether there is a lock here: the app begins locked. Without one it begins with what was kept. */
export async function findLock({ inside }: { inside: boolean }): Promise<void> {
  onLocked(lock);
  effect(() => {
    if (ended.value === "locked") lock();
  });
  frameListeners.add(({ type }) => void (type === "welcome" && keepWithoutPin()));
  const own = await learn();
  if (kept) lockState.value = "locked";
  else if (own && inside) await startKeeping(own, "read alone").catch(() => {});
}

/** Law 5. */
export function keepWithoutPin(): void {
  const isMeant = () => canKeep() && lockState.peek() === "none" && !isKeeping() && session.peek().state.me !== null;
  joining = joining.then(async () => {
    if (!isMeant()) return;
    const key = await ownKey();
    if (isMeant()) await startKeeping(key, "joined");
  }).catch(() => {});
}

/** Reads what this device has of a lock; gives the key that seals without one. */
async function learn(): Promise<CryptoKey | null> {
  if (!canKeep()) return null;
  const found = await readAll<unknown>("lock").catch(() => null);
  const next = found?.get(KEY) as Kept | undefined;
  if (next) know(next);
  return (found?.get(OWN_KEY) ?? null) as CryptoKey | null;
}

function know(next: Kept): void {
  kept = next;
  minutesAway.value = next.minutes;
  withSensor.value = next.sensor !== undefined;
}

/** Another tab did something with the lock; law 4. */
export function followChange({ key }: Change): void {
  following = following.then(async () => {
    if (key === null) return drop({ elsewhere: true }).then(keepWithoutPin);
    await learn();
    if (kept && key && lockState.peek() !== "locked") await begin(key, "left");
  });
}

/** Whether this device has what the PIN opens; the server may know of a lock that was wiped here. */
export const isKept = (): boolean => kept !== null;

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
  return { pin, share, by: await wrapping(heard(share), half) };
}

/** Another PIN wraps the data key. Share, salt and sensor stay, and all that is kept. */
export async function changePin(now: Proven, pin: string): Promise<void> {
  if (!kept) return;
  const { proof, half } = await stretch(pin, kept.salt);
  const wrapped = await rewrap(kept.wrapped, now.by, await wrapping(heard(now.share), half));
  await keep({ ...kept, next: wrapped });
  await tried(now.pin, `change|${hex(proof)}`, (body) => changeLock({ ...body, next: said(proof) }).then(() => ({})));
  const { next: _, ...rest } = kept;
  await keep({ ...rest, wrapped });
}

/**
 * Lets the device's sensor open it as well. The PIN is asked once more: it alone unwraps the data key in a form that can be
 * wrapped again. Gives false where the sensor cannot keep a secret for us.
 */
export async function useSensor(pin: string): Promise<boolean> {
  if (!kept) return false;
  const { half, share } = await tried(pin, "open", openLock);
  const salt = random(32);
  const { nonce } = await challenge();
  const made = await makeCredential(nonce, appName(), salt).catch(() => null);
  if (!made) return false;
  const given = await addSensor({ nonce, ...made });
  const { secret } = await assert((await challenge()).nonce, made.id, salt).catch(() => ({ secret: null }));
  if (!secret) {
    await removeSensor();
    return false;
  }
  const wrapped = await rewrap(kept.wrapped, await wrapping(heard(share), half), await wrapping(heard(given.share), secret));
  await keep({ ...kept, sensor: { id: made.id, salt, wrapped } });
  return true;
}

export async function dropSensor(): Promise<void> {
  if (!kept) return;
  await removeSensor();
  const { sensor: _, ...rest } = kept;
  await keep(rest);
}

/** Opens the app with the sensor. Raises what the server answers, and `sensor_refused` where the person was not recognised. */
export async function unlockBySensor(): Promise<void> {
  if (!kept?.sensor) return;
  const { id, salt, wrapped } = kept.sensor;
  const { nonce } = await asked(challenge);
  const { secret, ...assertion } = await assert(nonce, id, salt).catch(() => Promise.reject(new ApiError(0, "sensor", "")));
  const { share } = await asked(() => openBySensor({ nonce, ...assertion }));
  const key = secret && (await unwrap(wrapped, await wrapping(heard(share), secret)).catch(() => null));
  if (!key) throw new ApiError(0, "sensor", "");
  await begin(key, "taken up");
}

async function keep(next: Kept): Promise<void> {
  await write("lock", new Map<string, unknown>([[KEY, next], [OWN_KEY, undefined]]));
  know(next);
  tellChange({});
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  return ask().catch((cause: unknown) => {
    heardOf(cause);
    throw cause;
  });
}

/** Asks the server whether there is still something to open; law 2. */
export async function check(): Promise<void> {
  await challenge().catch(heardOf);
}

/** Opens the app. Raises what the server answers; law 2. */
export async function unlock(pin: string): Promise<void> {
  if (!kept) return;
  const { wrapped, next } = kept;
  const { by } = await provePin(pin);
  const key = await unwrap(wrapped, by).catch(() => next && unwrap(next, by).catch(() => null));
  if (!key) return leave("ended");
  await begin(key, "taken up");
}

export async function removePin(pin: string): Promise<void> {
  await tried(pin, "remove", removeLock);
  await unset();
}

export async function removePinByPassword(password: string): Promise<void> {
  await removeLockByPassword(password);
  await unset();
}

async function unset(): Promise<void> {
  await drop();
  tellChange({ key: null });
  keepWithoutPin();
}

export async function setMinutes(minutes: Minutes): Promise<void> {
  if (!kept) return;
  minutesAway.value = minutes;
  const before = kept.minutes;
  await saveMinutes(minutes).catch((cause: unknown) => {
    minutesAway.value = before;
    throw cause;
  });
  await keep({ ...kept, minutes });
}

/** Locks now. */
export function lock(): void {
  if (lockState.peek() !== "open") return;
  end();
  lockState.value = "locked";
  rest();
  stopKeeping();
}

/** The page goes: what is left is written, and the server's side is closed, unless another tab is open. */
export function closeBehind(): void {
  void flush();
  if (lockState.peek() === "open") end();
}

/** Nothing of the lock, nor of what it sealed, stays on this device; `elsewhere`: another tab has seen to that. */
export async function drop({ elsewhere = false } = {}): Promise<void> {
  await joining;
  end({ told: true });
  dropKeeping();
  kept = null;
  if (canKeep() && !elsewhere) await clear("lock", "sealed").catch(() => {});
  withSensor.value = false;
  lockState.value = "none";
}

/** Law 2. */
export async function leave(why: "ended" | "destroyed"): Promise<void> {
  await drop();
  const known = state.peek().me !== null;
  ended.value = "signedOut";
  if (why === "destroyed" || !known) noteFarewell(why);
  if (!known) navigate("/inloggen", { replace: true });
}

async function begin(key: CryptoKey, before: Before): Promise<void> {
  // Where the browser refuses to keep anything more, the app works as it does without a PIN.
  await startKeeping(key, before).catch(() => {});
  batch(() => {
    lockState.value = "open";
    if (ended.peek() === "locked") ended.value = null;
  });
  tellTabs(true);
  clearInterval(staying);
  staying = setInterval(() => void stayOpen().catch(heardOf), STAY_EVERY);
}

/** `told`: the server knows. */
function end({ told = false } = {}): void {
  clearInterval(staying);
  tellTabs(false);
  if (!told && isLastTab()) void closeLock().catch(() => {});
}

async function tried<T>(pin: string, purpose: string, door: (body: Try) => Promise<T>): Promise<T & { half: Uint8Array<ArrayBuffer> }> {
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

/** Law 2. */
function heardOf(cause: unknown): void {
  if (!(cause instanceof ApiError)) return;
  if (cause.code === "lock_destroyed") void leave("destroyed");
  else if (cause.status === 401 || cause.code === "lock_unsigned") void leave("ended");
  else if (cause.code === "no_lock") void drop();
}
