// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { takeUp } from "../../realtime/client";
import { START } from "../../realtime/session";
import { session } from "../../realtime/store";
import { run, talk, welcomed } from "../../testing/cast";
import { dropKeeping, keptUnder, startKeeping } from "./keeping";
import { sharedParts, type Parts } from "./kept";

let records: Parts = new Map();
let opened: Promise<void> = Promise.resolve();
vi.mock("../../platform/device-store", () => ({
  readAll: async () => new Map([...records.keys()].map((place) => [place, place])),
  keysOf: async () => [],
}));
vi.mock("../../platform/sealing", () => ({ open: (_: unknown, place: string) => opened.then(() => records.get(place)?.value()) }));
vi.mock("../../realtime/client", () => ({ forget: vi.fn(), takeOn: vi.fn(), takeUp: vi.fn() }));

const KEY = { name: "own", key: {} as CryptoKey };
const told = { ...START, state: welcomed(talk(run(1, 2))) };

beforeEach(() => {
  records = sharedParts(told.state, Date.now());
  session.value = START;
  vi.mocked(takeUp).mockClear();
});
afterEach(dropKeeping);

test("what is kept is shown where the server has not been there", async () => {
  await startKeeping(KEY, "read alone");
  expect(takeUp).toHaveBeenCalledOnce();
  expect(keptUnder()).toBe("own");
});

test("what the server told while it was being opened stays, under a key that is yet to come", async () => {
  let open = () => {};
  opened = new Promise((resolve) => (open = resolve));
  const begun = startKeeping(KEY, "read alone");
  session.value = told;
  open();
  await begun;
  expect(takeUp).not.toHaveBeenCalled();
  expect(keptUnder()).toBeNull();
});
