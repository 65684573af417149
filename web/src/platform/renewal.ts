// The service worker as the page sees it. A new version of the app is fetched beside the one in use and waits: taking over
// means that the page is loaded anew, so it happens when the person says so, or when they look away and nothing that is
// only in this page would be lost.
import { signal } from "@preact/signals";

const LOOK_EVERY = 60 * 60_000;

/** A newer version waits to take over. */
export const isNewer = signal(false);

let registration: ServiceWorkerRegistration | null = null;
let lookedAt = 0;
let renewing = false;

/** Whether the page may be loaded anew without the person losing anything. */
export let mayRenew = (): boolean => false;

/** `isIdle`: it may be so unasked, while the person looks away. */
export function watchForRenewal(isQuiet: () => boolean, isIdle: () => boolean): void {
  mayRenew = isQuiet;
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const workers = navigator.serviceWorker;
  let controlled = workers.controller !== null;
  workers.addEventListener("controllerchange", () => {
    if (renewing) return location.reload();
    // Another tab took the new version: this one goes on with what it has until it is quiet.
    if (controlled) isNewer.value = true;
    controlled = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
    else if (isNewer.peek() && isIdle()) renew();
  });
  const start = () => void workers.register("/worker.js").then(follow, () => {});
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

function follow(found: ServiceWorkerRegistration | undefined): void {
  if (!found) return;
  registration = found;
  lookedAt = Date.now();
  tellWaiting();
  // Another page may have begun to fetch it.
  const watchComing = () => found.installing?.addEventListener("statechange", tellWaiting);
  watchComing();
  found.addEventListener("updatefound", watchComing);
}

function tellWaiting(): void {
  if (registration?.waiting && navigator.serviceWorker.controller) isNewer.value = true;
}

function look(): void {
  if (Date.now() - lookedAt < LOOK_EVERY) return;
  lookedAt = Date.now();
  registration?.update().catch(() => {});
}

/** Loads the page anew, in the newest version that is here. */
export function renew(): void {
  const waiting = registration?.waiting;
  if (!waiting) return location.reload();
  renewing = true;
  waiting.postMessage("takeOver");
}

/** The server takes this version no more: fetches the next one, and loads it. */
export async function renewFromServer(): Promise<void> {
  await registration?.update().catch(() => {});
  const coming = registration?.installing;
  if (!coming) return renew();
  coming.addEventListener("statechange", () => {
    if (coming.state === "installed" || coming.state === "redundant") renew();
  });
}
