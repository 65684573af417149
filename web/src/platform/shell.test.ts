import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answerFrom, dropOlder, keepShell, placeOf, type Shell } from "./shell";

const ORIGIN = "https://zorg.example";
const PAGE = "<!doctype html>";
const PAGE_DIGEST = "fe26c59e91ac8de694b2531dc3bdc1b7faf471d3d7e4e00870af60f5f22897cb";
const shell = (version: string): Shell => ({ version: version.repeat(16), page: PAGE_DIGEST, files: ["/assets/a.js", "/app.webmanifest"] });

/** The browser's caches, in memory. */
class Caches {
  readonly all = new Map<string, Map<string, Response>>();
  async open(name: string) {
    const kept = this.all.get(name) ?? new Map<string, Response>();
    this.all.set(name, kept);
    return {
      addAll: async (paths: string[]) => paths.forEach((path) => kept.set(path, new Response(`${name} ${path}`))),
      put: async (path: string, page: Response) => void kept.set(path, page),
      match: async (path: string) => kept.get(path),
    };
  }
  keys = async () => [...this.all.keys()];
  delete = async (name: string) => this.all.delete(name);
  match = async (path: string) => [...this.all.values()].flatMap((kept) => kept.get(path) ?? [])[0];
}

let caches: Caches;
let page = PAGE;

beforeEach(() => {
  caches = new Caches();
  page = PAGE;
  vi.stubGlobal("caches", caches);
  vi.stubGlobal("fetch", vi.fn(async () => new Response(page)));
});
afterEach(() => vi.unstubAllGlobals());

const asked = (path: string, more: Partial<Request> = {}) =>
  ({ url: new URL(path, ORIGIN).href, method: "GET", mode: "cors", ...more }) as Request;
const placed = (path: string, more?: Partial<Request>) => placeOf(shell("a"), asked(path, more), ORIGIN);

test("law 1: what asks the server something never passes through", () => {
  for (const path of ["/api/v1/me", "/_allauth/browser/v1/auth/session", "/socket", "/demo/mail", "/healthz"]) {
    expect(placed(path)).toBeNull();
    expect(placed(path, { mode: "navigate" })).toBeNull();
  }
  expect(placed("/assets/a.js", { method: "POST" })).toBeNull();
  expect(placed("https://elsewhere.example/assets/a.js")).toBeNull();
  expect(placed("/delen", { mode: "navigate", method: "POST" })).toBeNull();
});

test("every page of the app is the one page, and its files are files", () => {
  expect(placed("/gesprekken/1?x=1", { mode: "navigate" })).toBe("/");
  expect(placed("/assets/a.js")).toBe("/assets/a.js");
  expect(placed("/app.webmanifest")).toBe("/app.webmanifest");
  expect(placed("/other")).toBeNull();
});

test("law 2: a page of another version is not taken", async () => {
  page = "another";
  await expect(keepShell(shell("a"))).rejects.toThrow();
  expect(caches.all.size).toBe(0);
});

test("law 3: the version before stays until the next, and answers for what only it has", async () => {
  for (const version of ["a", "b", "c"]) {
    await keepShell(shell(version));
    await dropOlder(shell(version));
  }
  expect([...caches.all.keys()].map((name) => name.at(-1))).toEqual(["b", "c"]);
  caches.all.get(`shell-${"b".repeat(16)}`)?.set("/assets/only-b.js", new Response("b"));
  const answer = await answerFrom(shell("c"), "/assets/only-b.js", asked("/assets/only-b.js"));
  expect(await answer.text()).toBe("b");
});

test("what was cleared away is asked of the server", async () => {
  const answer = await answerFrom(shell("a"), "/", asked("/"));
  expect(await answer.text()).toBe(PAGE);
});
