import { afterEach, expect, test, vi } from "vitest";
import { tellOfChange } from "./push-change";

const KEY = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
const keys = { p256dh: "key", auth: "secret" };
const NEXT = { toJSON: () => ({ endpoint: "https://push.example/next", keys }) } as unknown as PushSubscription;

/** A server that answers so, and what it was asked: method, address, and body where there is one. */
function answering({ signedIn = true, here = true, status = 200 } = {}) {
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", async (url: string, { method = "GET", headers, body }: RequestInit = {}) => {
    asked.push(method === "GET" ? url : { method, url, headers, body: JSON.parse(String(body)) });
    if (url.endsWith("/session")) return Response.json({ signedIn, csrf: "token" });
    return Response.json({ here, pushKey: KEY }, { status });
  });
  return asked;
}

const manager = (now: PushSubscription | null, subscribe = vi.fn(async () => NEXT)) =>
  ({ getSubscription: async () => now, subscribe }) as unknown as PushManager & { subscribe: typeof subscribe };

const TOLD = {
  method: "PUT",
  url: "/api/v1/me/push",
  headers: { "Content-Type": "application/json", "X-CSRFToken": "token" },
  body: { endpoint: "https://push.example/next", ...keys },
};

afterEach(() => vi.unstubAllGlobals());

test("what the browser has now is told to the server", async () => {
  const asked = answering();
  const browser = manager(NEXT);
  await tellOfChange(browser);
  expect(browser.subscribe).not.toHaveBeenCalled();
  expect(asked).toEqual(["/api/v1/session", "/api/v1/me/notifications", TOLD]);
});

test("where the browser dropped it, it is asked for another, by the installation's key", async () => {
  const asked = answering();
  const browser = manager(null);
  await tellOfChange(browser);
  const options = browser.subscribe.mock.calls[0] as unknown as [PushSubscriptionOptionsInit];
  expect(options[0].userVisibleOnly).toBe(true);
  expect((options[0].applicationServerKey as Uint8Array).length).toBe(65);
  expect(asked.at(-1)).toEqual(TOLD);
});

test("law 1: who is not signed in, or has no pushes here, gets none", async () => {
  for (const how of [{ signedIn: false }, { here: false }]) {
    const asked = answering(how);
    const browser = manager(null);
    await tellOfChange(browser);
    expect(browser.subscribe).not.toHaveBeenCalled();
    expect(asked).not.toContainEqual(TOLD);
  }
});

test("law 2: what the server refuses is an error, and nothing is asked of the browser", async () => {
  answering({ status: 403 });
  const browser = manager(null);
  await expect(tellOfChange(browser)).rejects.toThrow("me/notifications: 403");
  expect(browser.subscribe).not.toHaveBeenCalled();
});
