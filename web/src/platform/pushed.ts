// What the service worker does with a push: it shows it, and opens the app where the notification is pressed. It knows
// neither who is signed in nor what is new: a push has a kind and a count (`notifications/webpush.py`). The language is the
// one that the app spoke last (`platform/push.ts`).
import { tellOfChange } from "./push-change";

interface Pushed {
  readonly kind?: "new" | "call" | "test";
  readonly count?: number;
}

/** The texts that begin with `push.`, by language; put in by the build. */
declare const PUSH_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>>;
declare const self: ServiceWorkerGlobalScope;

const NEW = "push.new";

async function language(): Promise<string> {
  const kept = await (await caches.open("spoken")).match("/language");
  return (await kept?.text()) === "en" ? "en" : "nl";
}

function words(texts: Readonly<Record<string, string>>, { kind, count = 1 }: Pushed): string {
  const key = kind === "call" ? "push.call" : kind === "test" ? "push.test" : `${NEW}.${count === 1 ? "one" : "other"}`;
  return (texts[key] ?? "").replace("{count}", String(count));
}

/** Who has the app before them sees it there; a call rings there by itself. */
async function show(pushed: Pushed): Promise<void> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pushed.kind !== "test" && windows.some((one) => one.focused)) return;
  const tag = pushed.kind ?? "new";
  const lang = await language();
  await self.registration.showNotification(words(PUSH_TEXTS[lang] ?? {}, pushed), { tag, lang, requireInteraction: tag === "call" });
}

async function open(): Promise<void> {
  const [first] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await (first ? first.focus() : self.clients.openWindow("/"));
}

export function servePushes(): void {
  self.addEventListener("push", (event) => {
    event.waitUntil(show((event.data?.json() ?? {}) as Pushed));
  });
  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open());
  });
  self.addEventListener("pushsubscriptionchange", (event) => {
    (event as ExtendableEvent).waitUntil(tellOfChange(self.registration.pushManager).catch(() => {}));
  });
}
