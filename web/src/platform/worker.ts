// The service worker: each part listens to what is its own. Built by `vite.worker.config.ts`, served as `/worker.js`.
import { servePushes } from "./pushed";
import { ASKED, isSharing, sharedIn, type Shared } from "./sharing";
import { answerFrom, dropOlder, keepShell, placeOf, type Shell } from "./shell";

declare const self: ServiceWorkerGlobalScope;
declare const SHELL: Shell;

serveShell();
servePushes();
takeShares();

function serveShell(): void {
  self.addEventListener("install", (event) => event.waitUntil(keepShell(SHELL)));
  self.addEventListener("activate", (event) => event.waitUntil(dropOlder(SHELL).then(() => self.clients.claim())));
  self.addEventListener("fetch", (event) => {
    const place = placeOf(SHELL, event.request, self.location.origin);
    if (place !== null) event.respondWith(answerFrom(SHELL, place, event.request));
  });
  // A new version waits until a page says that nothing is lost by it.
  self.addEventListener("message", (event) => {
    if (event.data === "takeOver") void self.skipWaiting();
  });
}

/** What another app shares waits here, in memory, for the page that is opened by it. */
function takeShares(): void {
  let shared: Promise<Shared> | null = null;
  self.addEventListener("fetch", (event) => {
    if (!isSharing(event.request)) return;
    shared = sharedIn(event.request);
    event.respondWith(shared.then(() => Response.redirect(event.request.url, 303)));
  });
  self.addEventListener("message", (event) => {
    if (event.data !== ASKED) return;
    event.waitUntil(Promise.resolve(shared).then((taken) => event.ports[0]?.postMessage(taken)));
    shared = null;
  });
}
