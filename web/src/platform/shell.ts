// The app's own files, kept by the service worker so that the app opens without a line and at once with one. Laws:
// 1. Only what the build made is kept: the page and its files. Nothing that a person reads or writes is ever in a cache,
//    and what asks the server something (`/api`, sign-in, the socket) never passes through here.
// 2. The page and the files kept with it are of one version: a page of another one is not taken.
// 3. The version before stays until the next, so that a tab that still runs on it finds what it has not loaded yet.

export interface Shell {
  /** Differs where anything in it does. */
  readonly version: string;
  /** SHA-256 of the page (hexadecimal). */
  readonly page: string;
  readonly files: readonly string[];
}

const PREFIX = "shell-";
const PAGE = "/";
const SERVERS_OWN = ["/api/", "/_allauth/", "/assets/", "/demo/", "/static/", "/healthz", "/socket"];

const nameOf = (shell: Shell): string => PREFIX + shell.version.slice(0, 16);

/** Keeps a version. Raises where the server has another one by now; the browser tries again by itself. */
export async function keepShell(shell: Shell): Promise<void> {
  const page = await fetch(PAGE, { cache: "reload", credentials: "omit" });
  if (!page.ok || (await digestOf(page.clone())) !== shell.page) throw new Error("the page is of another version");
  const cache = await caches.open(nameOf(shell));
  await cache.addAll([...shell.files]);
  await cache.put(PAGE, page);
}

async function digestOf(page: Response): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await page.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Law 3. */
export async function dropOlder(shell: Shell): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== nameOf(shell));
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** Where a request is answered from the cache; null: it is none of ours, and goes its own way. Law 1. */
export function placeOf(shell: Shell, request: Request, origin: string): string | null {
  const { origin: its, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || its !== origin) return null;
  if (request.mode === "navigate") return SERVERS_OWN.some((own) => pathname.startsWith(own)) ? null : PAGE;
  const kept = shell.files.includes(pathname) || pathname.startsWith("/assets/");
  return kept && search === "" ? pathname : null;
}

export async function answerFrom(shell: Shell, place: string, request: Request): Promise<Response> {
  const own = await (await caches.open(nameOf(shell))).match(place);
  return own ?? (place === PAGE ? undefined : await caches.match(place)) ?? fetch(request);
}
