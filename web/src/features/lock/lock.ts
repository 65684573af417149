// The lock of the app on this device. Where a PIN is set the app begins locked: nothing is drawn and no line is opened until
// the server has given its share for the PIN. Laws:
// 1. The data key is in this page's memory only while the app is open.
// 2. What the server says is gone (the lock destroyed, the session ended) is wiped here too, at once.
// 3. In a call the app does not lock; it does when the call is over.
// 4. A page that begins locked does not trust that the one before it has told the server so: it tells it too, and nothing
//    is opened before that is answered.
// 5. A PIN that is set, changed or removed in one tab is so in every other that is open, at once.
import { batch, effect } from "@preact/signals";
import { ApiError, onLocked } from "../../api/http";
import { challenge, closeLock, stayOpen } from "../../api/lock";
import { noteFarewell } from "../../platform/farewell";
import { thisPage } from "../../platform/pages";
import { navigate, path } from "../../platform/router";
import { rest } from "../../realtime/client";
import { ended, state } from "../../realtime/store";
import { canLock, forgetKept, isKept, keptHere, learn, lockState, withSensor } from "./here";
import { dropKeeping, flush, keptUnder, startKeeping, stopKeeping, written, type Before } from "./keeping";
import { wipe } from "./keys";
import { isLastTab, onceNoneIsOpen, tellTabs, type Change } from "./tabs";
import { joined, keepWithoutPin, readAloneSoon, watchWithoutPin } from "./without-pin";

const STAY_EVERY = 60_000;
/** The pages of links in mails, which ask the PIN while it is locked, and nobody has to be signed in for. */
const OF_LINKS = ["/uitnodiging", "/herstel-stoppen"];

let staying: ReturnType<typeof setInterval> | undefined;
let following: Promise<void> = Promise.resolve();
let closing: Promise<unknown> = Promise.resolve();
let stopClosing: (() => void) | undefined;

/** Whether there is a lock here: the app begins locked. `inside`: the page is one of the app's, and not beside it. */
export async function findLock({ inside }: { inside: boolean }): Promise<void> {
  if (inside) void thisPage();
  onLocked(lock);
  effect(() => {
    if (ended.value === "locked") lock();
  });
  watchWithoutPin();
  const own = await learn();
  if (isKept()) {
    lockState.value = "locked";
    stopClosing = onceNoneIsOpen(closeBefore);
  } else if (own && inside) readAloneSoon(own);
}

/** Another tab did something with the lock; law 5. */
export function followChange({ key }: Change): void {
  following = following.then(async () => {
    if (key === null) return drop({ elsewhere: true }).then(keepWithoutPin);
    await learn();
    if (isKept() && key && lockState.peek() !== "locked") await begin(key, "joined");
  });
}

/** The app is open, by the data key. */
export async function begin(key: CryptoKey, before: Before): Promise<void> {
  const [was, name] = [lockState.peek(), keptHere()?.id ?? ""];
  // Where the browser refuses to keep anything more, the app works as it does without a PIN.
  await startKeeping({ name, key }, before).catch(() => {});
  if (before === "joined" && lockState.peek() !== was) return;
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

/** Locks now. */
export function lock(): void {
  if (lockState.peek() !== "open") return;
  end();
  lockState.value = "locked";
  rest();
  void stopKeeping();
}

/** The page goes: what is left is written, and the server's side is closed, unless another tab is open. */
export function closeBehind(): void {
  void flush();
  if (lockState.peek() === "open") end();
}

/**
 * Nothing of the lock, nor of what it sealed, stays on this device. `elsewhere`: another tab has seen to that. `all`: what is
 * there may be of a page before this one, and nobody is signed in; else only what this page knows of is wiped.
 */
export async function drop({ elsewhere = false, all = false } = {}): Promise<void> {
  await joined();
  const name = keptHere()?.id ?? keptUnder();
  end({ told: true });
  dropKeeping();
  forgetKept();
  await written();
  if (canLock() && !elsewhere && (all || name !== null)) await wipe(all ? null : name).catch(() => {});
  withSensor.value = false;
  lockState.value = "none";
}

/** Law 2. */
export async function leave(why: "ended" | "destroyed"): Promise<void> {
  await drop({ all: !isKept() });
  const known = state.peek().me !== null;
  ended.value = "signedOut";
  if (why === "destroyed" || !known) noteFarewell(why);
  if (!known && !OF_LINKS.includes(path.peek())) navigate("/inloggen", { replace: true });
}

/** Law 4. */
function closeBefore(): Promise<unknown> {
  return (closing = closeLock().catch(() => {}));
}

/** Asks the server whether there is still something to open. */
export async function check(): Promise<void> {
  await challenge().catch(heardOf);
}

/** Asks the server something of the lock. */
export async function asked<T>(ask: () => Promise<T>): Promise<T> {
  stopClosing?.();
  await closing;
  return ask().catch((cause: unknown) => {
    heardOf(cause);
    throw cause;
  });
}

/** Law 2. */
function heardOf(cause: unknown): void {
  if (!(cause instanceof ApiError)) return;
  if (cause.code === "lock_destroyed") void leave("destroyed");
  else if (cause.status === 401 || cause.code === "lock_unsigned") void leave("ended");
  else if (cause.code === "no_lock") void drop();
}
