// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { own } from "./calls";
import type { Opened } from "./engine/local";
import { closeOwn, coming, openOwn, ownTracks, standOf, toggle } from "./own-media";

vi.mock("../../realtime/client", () => ({ sayNow: vi.fn() }));

const asked: { use: string; give: (opened: Opened) => void }[] = [];

vi.mock("./engine/local", () => ({
  open: (use: string) => new Promise<Opened>((give) => asked.push({ use, give })),
  devices: () => Promise.resolve({ microphone: [], camera: [], speaker: [] }),
  canBlur: () => false,
}));

const track = (): MediaStreamTrack => ({ stop: vi.fn(), enabled: true, onended: null }) as unknown as MediaStreamTrack;

/** The person says yes at last. */
async function allow(use: string): Promise<MediaStreamTrack> {
  const given = track();
  asked.splice(asked.findIndex((one) => one.use === use), 1)[0]?.give({ track: given });
  await new Promise((done) => setTimeout(done));
  return given;
}

beforeEach(() => {
  closeOwn();
  asked.length = 0;
  own.value = { microphone: true, camera: true };
});

it("is about to be on while the browser asks, the microphone after the camera", async () => {
  void openOwn();
  expect([standOf("camera"), standOf("microphone"), asked.length]).toEqual(["coming", "coming", 1]);
  await allow("camera");
  expect([standOf("camera"), standOf("microphone")]).toEqual(["on", "coming"]);
  await allow("microphone");
  expect([standOf("microphone"), coming.value.microphone]).toEqual(["on", false]);
});

it("is off by a press while the browser asks, and what comes then is closed at once", async () => {
  void openOwn();
  toggle("camera");
  expect([standOf("camera"), asked.length]).toEqual(["off", 1]);
  const late = await allow("camera");
  expect(late.stop).toHaveBeenCalled();
  expect([ownTracks.value.camera, own.value.camera]).toEqual([undefined, false]);
  toggle("microphone");
  expect(standOf("microphone")).toBe("off");
  expect((await allow("microphone")).stop).toHaveBeenCalled();
  expect(ownTracks.value.microphone).toBe(undefined);
});

it("opens one stream, however often it is pressed, and the last press counts", async () => {
  void openOwn();
  toggle("camera");
  toggle("camera");
  const first = await allow("camera");
  expect(first.stop).toHaveBeenCalled();
  const second = await allow("camera");
  expect([ownTracks.value.camera, standOf("camera")]).toEqual([second, "on"]);
});

it("opens nothing more once the person left, and closes what comes", async () => {
  void openOwn();
  closeOwn();
  expect((await allow("camera")).stop).toHaveBeenCalled();
  expect([asked.length, ownTracks.value]).toEqual([0, {}]);
});
