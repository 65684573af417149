import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exchange, forgetToken, loadSession } from "./http";

/** Answers to `GET /session` that the test gives when it wants, and the tokens that were sent with anything else. */
let answers: ((csrf: string) => void)[];
let sent: (string | null)[];

beforeEach(() => {
  answers = [];
  sent = [];
  forgetToken();
  vi.stubGlobal("document", { documentElement: { lang: "nl" } });
  vi.stubGlobal("fetch", (url: string, { headers }: { headers: Record<string, string> }) => {
    if (url.endsWith("/session")) return new Promise((resolve) => answers.push((csrf) => resolve(Response.json({ csrf }))));
    sent.push(headers["X-CSRFToken"] ?? null);
    return Promise.resolve(Response.json({}));
  });
});
afterEach(() => vi.unstubAllGlobals());

test("who asks for the session while its answer is under way gets the same one", async () => {
  const both = Promise.all([loadSession(), loadSession()]);
  expect(answers).toHaveLength(1);
  answers[0]?.("one");
  expect((await both).map(({ csrf }) => csrf)).toEqual(["one", "one"]);
  void loadSession();
  expect(answers).toHaveLength(2);
});

test("an answer from before signing in gives no token", async () => {
  const before = loadSession();
  forgetToken();
  const after = loadSession();
  answers[1]?.("new");
  await after;
  answers[0]?.("old");
  await before;
  await exchange("POST", "/api/v1/anything");
  expect(sent).toEqual(["new"]);
});
