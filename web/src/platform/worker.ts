// The service worker: each part listens to what is its own. Built by `vite.worker.config.ts`, served as `/worker.js`.
import { servePushes } from "./pushed";
import { answerFrom, dropOlder, keepShell, placeOf, type Shell } from "./shell";

declare const self: ServiceWorkerGlobalScope;
declare const SHELL: Shell;

serveShell();
servePushes();

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
