// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { attention } from "../../platform/attention";
import { watchAway } from "./away";
import { lockState, minutesAway } from "./here";
import { lock } from "./lock";

vi.mock("../calls/calls", async () => {
  const { signal } = await import("@preact/signals");
  return { place: signal(null) };
});
vi.mock("./lock", () => ({ closeBehind: vi.fn(), lock: vi.fn(() => (lockState.value = "locked")) }));

const MINUTE = 60_000;
let visibility: DocumentVisibilityState = "visible";
Object.defineProperty(document, "visibilityState", { get: () => visibility });
const paperclip = document.createElement("input");
paperclip.type = "file";
document.body.append(paperclip);
vi.useFakeTimers();
watchAway();

function show(shown: boolean): void {
  visibility = shown ? "visible" : "hidden";
  attention.value = shown;
  document.dispatchEvent(new Event("visibilitychange"));
}

const press = () => paperclip.dispatchEvent(new Event("click", { bubbles: true }));
const choose = (how: string) => paperclip.dispatchEvent(new Event(how, { bubbles: true }));
/** Time goes by without a timer running, as on a device that sleeps. */
const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms);

beforeEach(() => {
  show(true);
  minutesAway.value = 1;
  lockState.value = "open";
  vi.setSystemTime(Date.now() + 24 * 60 * MINUTE);
  vi.mocked(lock).mockClear();
});

test.each([0, 1] as const)("choosing a file is not going away (%i)", (minutes) => {
  minutesAway.value = minutes;
  press();
  show(false);
  vi.advanceTimersByTime(90_000);
  choose("change");
  show(true);
  expect(lock).not.toHaveBeenCalled();
});

test.each([0, 1] as const)("who leaves after choosing is away as ever (%i)", (minutes) => {
  minutesAway.value = minutes;
  press();
  show(false);
  show(true);
  choose("cancel");
  show(false);
  vi.advanceTimersByTime(minutes * MINUTE);
  expect(lock).toHaveBeenCalledOnce();
});

test.each([0, 1] as const)("who does not come back from choosing is away after two minutes (%i)", (minutes) => {
  minutesAway.value = minutes;
  press();
  show(false);
  vi.advanceTimersByTime(2 * MINUTE);
  expect(lock).toHaveBeenCalledOnce();
});

test.each([0, 1] as const)("who comes back hours after choosing finds it locked, even where no timer ran (%i)", (minutes) => {
  minutesAway.value = minutes;
  press();
  show(false);
  sleep(180 * MINUTE);
  show(true);
  expect(lock).toHaveBeenCalledOnce();
});

test("looking at another window is going away only where some minutes are set", () => {
  minutesAway.value = 0;
  attention.value = false;
  vi.advanceTimersByTime(60 * MINUTE);
  expect(lock).not.toHaveBeenCalled();
  minutesAway.value = 5;
  expect(lock).toHaveBeenCalledOnce();
});

test("a PIN set elsewhere while this page is hidden locks it too", () => {
  lockState.value = "none";
  show(false);
  vi.advanceTimersByTime(60 * MINUTE);
  expect(lock).not.toHaveBeenCalled();
  lockState.value = "open";
  expect(lock).toHaveBeenCalledOnce();
});
