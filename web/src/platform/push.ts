// Pushes on this device, as the browser has them. For whom they are on is kept on the device, so that who signs in here after somebody else is not pushed to unasked.
import { effect } from "@preact/signals";
import { attention } from "./attention";
import { subscribeTo } from "./subscription";

const KEY = "push";
const WORKER = "/worker.js";

/** `denied`: the person, or the browser by itself, holds notifications of this site back. */
export type PushState = "unsupported" | "denied" | "off" | "on";

export const isSupported = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window && isSecureContext;

export async function pushState(person: string): Promise<PushState> {
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && isKeptFor(person) && (await subscribed()) ? "on" : "off";
}

/** Asks the person by means of the browser, which only a click may do; null where they or the browser say no. */
export async function switchOn(person: string, key: string, language: string): Promise<PushSubscription | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const registration = await register(language);
  const before = await registration.pushManager.getSubscription();
  await before?.unsubscribe();
  const made = await subscribeTo(registration.pushManager, key);
  keepFor(person);
  return made;
}

export async function switchOff(): Promise<void> {
  keepFor(null);
  if (!isSupported()) return;
  await (await (await registered())?.pushManager.getSubscription())?.unsubscribe();
}

/**
 * What is on for this person, in the language they chose; of somebody else it is switched off. What the browser dropped by
 * itself is asked for anew, by `key`, which is asked only then.
 */
export async function renewed(person: string, language: string, key: () => Promise<string>): Promise<PushSubscription | null> {
  if (!isSupported()) return null;
  if (Notification.permission === "granted" && isKeptFor(person)) {
    const { pushManager } = await register(language);
    return (await pushManager.getSubscription()) ?? subscribeTo(pushManager, await key());
  }
  if (await registered()) await switchOff();
  return null;
}

async function register(language: string): Promise<ServiceWorkerRegistration> {
  await (await caches.open("spoken")).put("/language", new Response(language));
  if (!(await registered())) await navigator.serviceWorker.register(WORKER, { scope: "/" });
  return navigator.serviceWorker.ready;
}

const registered = (): Promise<ServiceWorkerRegistration | undefined> => navigator.serviceWorker.getRegistration("/");

const subscribed = async (): Promise<boolean> => Boolean(await (await registered())?.pushManager.getSubscription());

function keepFor(person: string | null): void {
  try {
    if (person === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, person);
  } catch {
    return;
  }
}

function isKeptFor(person: string): boolean {
  try {
    return localStorage.getItem(KEY) === person;
  } catch {
    return false;
  }
}

/** Who has the app before them sees there what was told: the notifications of it go. */
export function watchShown(): void {
  if (!isSupported()) return;
  effect(() => {
    if (attention.value) void closeShown().catch(() => {});
  });
}

async function closeShown(): Promise<void> {
  const shown = (await (await registered())?.getNotifications()) ?? [];
  for (const one of shown) if (one.tag !== "test") one.close();
}
