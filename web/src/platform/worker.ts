// The service worker: it shows what is pushed, and opens the app where a notification is pressed. It knows neither who is
// signed in nor what is new: a push has a kind and a count (`notifications/webpush.py`). It is built by itself into
// `/worker.js`, imports nothing, and speaks the language that its address asks for.

interface Pushed {
  readonly kind?: "new" | "call" | "test";
  readonly count?: number;
}

/** The texts that begin with `push.`, by language; put in by the build. */
declare const PUSH_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>>;
declare const self: ServiceWorkerGlobalScope;

const NEW = "push.new";
const language = new URL(self.location.href).searchParams.get("language") === "en" ? "en" : "nl";
const texts = PUSH_TEXTS[language] ?? {};

function words({ kind, count = 1 }: Pushed): string {
  const key = kind === "call" ? "push.call" : kind === "test" ? "push.test" : `${NEW}.${count === 1 ? "one" : "other"}`;
  return (texts[key] ?? "").replace("{count}", String(count));
}

/** Who has the app before them sees it there; a call rings there by itself. */
async function show(pushed: Pushed): Promise<void> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pushed.kind !== "test" && windows.some((one) => one.focused)) return;
  const tag = pushed.kind ?? "new";
  await self.registration.showNotification(words(pushed), { tag, lang: language, requireInteraction: tag === "call" });
}

async function open(): Promise<void> {
  const [first] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await (first ? first.focus() : self.clients.openWindow("/"));
}

self.addEventListener("push", (event) => {
  event.waitUntil(show((event.data?.json() ?? {}) as Pushed));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

export {};
