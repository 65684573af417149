import { describe, expect, it } from "vitest";
import { Fake, asConnection } from "../../../testing/connections";
import type { Link, Tracks, Uses } from "./kinds";
import { Sfu } from "./sfu";

const track = (id: string, kind = "video") => ({ id, kind }) as MediaStreamTrack;

function world(own: Tracks = {}) {
  const made: Fake[] = [];
  const published: { sdp: string; tracks: Uses }[] = [];
  const subscribed: string[] = [];
  const links: Link[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  const counts = { asked: 0 };
  let streams: ReadonlyMap<string, Tracks> = new Map();
  const sfu = new Sfu(
    own,
    {
      make: () => {
        const fake = new Fake();
        made.push(fake);
        return asConnection(fake);
      },
      after: (ms, run) => {
        const timer = { ms, run };
        timers.push(timer);
        return () => void timers.splice(0, timers.length, ...timers.filter((one) => one !== timer));
      },
      relays: async () => ({}),
      publish: (sdp, tracks) => void published.push({ sdp, tracks }),
      subscribed: (sdp) => void subscribed.push(sdp),
      candidate: () => {},
      askOffer: () => void (counts.asked += 1),
    },
    { tracks: (byDevice) => (streams = byDevice), link: (link) => void links.push(link) },
  );
  return { sfu, made, published, subscribed, links, timers, counts, streams: () => streams };
}

const rest = async () => {
  for (let i = 0; i < 50; i++) await Promise.resolve();
};
const ANSWER = "o=- sfu\nm=video";

describe("through the SFU", () => {
  it("what is one's own is offered with what it is, and a screen comes and goes", async () => {
    const { sfu, published } = world({ microphone: track("mine", "audio"), camera: track("me") });
    await rest();
    expect(published.map(({ tracks }) => tracks)).toEqual([{ 0: "microphone", 1: "camera" }]);
    sfu.published(ANSWER);
    sfu.setTrack("screen", track("shown"));
    await rest();
    expect(published.at(-1)?.tracks).toEqual({ 0: "microphone", 1: "camera", 2: "screen" });
    sfu.published(ANSWER);
    sfu.setTrack("screen", null);
    await rest();
    expect(published.at(-1)?.tracks).toEqual({ 0: "microphone", 1: "camera" });
  });

  it("a camera that is off and on again needs no new offer", async () => {
    const { sfu, published, made } = world({ camera: track("me") });
    await rest();
    sfu.published(ANSWER);
    sfu.setTrack("camera", null);
    sfu.setTrack("camera", track("again"));
    await rest();
    expect(published).toHaveLength(1);
    expect(made[0]?.sent()).toEqual(["again"]);
  });

  it("one offer is under way; what changed meanwhile follows its answer", async () => {
    const { sfu, published } = world({ camera: track("me") });
    sfu.setTrack("screen", track("shown"));
    sfu.setTrack("microphone", track("mine", "audio"));
    await rest();
    const before = published.length;
    sfu.setTrack("screen", null);
    await rest();
    expect(published).toHaveLength(before);
    sfu.published(ANSWER);
    await rest();
    expect(Object.values(published.at(-1)?.tracks ?? {})).not.toContain("screen");
  });

  it("who brings nothing is there all the same", async () => {
    const { published } = world();
    await rest();
    expect(published).toHaveLength(1);
  });

  it("each offer is answered, and what it brings is told by device", async () => {
    const { sfu, subscribed, streams } = world();
    await rest();
    sfu.offered("o=- sfu\nm=audio\nm=video", [
      { mid: "0", device: "bram", use: "microphone" },
      { mid: "1", device: "bram", use: "camera" },
    ]);
    await rest();
    expect(subscribed).toHaveLength(1);
    expect(Object.keys(streams().get("bram") ?? {})).toEqual(["microphone", "camera"]);
    sfu.offered("o=- sfu\nm=audio\nm=video", []);
    await rest();
    expect(streams().size).toBe(0);
  });

  it("a broken connection asks for another way: its own by an offer, the other's by asking for one", async () => {
    const { sfu, made, published, timers, counts, links } = world({ camera: track("me") });
    await rest();
    sfu.published(ANSWER);
    await rest();
    made[0]?.become("connected");
    made[0]?.become("disconnected");
    expect(timers.map(({ ms }) => ms)).toEqual([2_000]);
    timers.at(-1)?.run();
    await rest();
    expect([published.length, made[0]?.restarts]).toEqual([2, 1]);
    made[1]?.become("failed");
    timers.at(-1)?.run();
    expect(counts.asked).toBe(1);
    expect(links).toContain("broken");
  });

  it("a connection that stays broken is made anew", async () => {
    const { made, timers } = world({ camera: track("me") });
    await rest();
    made[0]?.become("failed");
    timers.at(-1)?.run();
    timers.at(-1)?.run();
    await rest();
    expect(made).toHaveLength(4);
  });

  it("after the line was gone an offer says that all is well, and silence that nothing is known any more", async () => {
    const { sfu, made, timers, counts } = world({ camera: track("me") });
    await rest();
    sfu.rejoined();
    expect(counts.asked).toBe(1);
    sfu.offered("o=- sfu\nm=audio", []);
    await rest();
    expect([timers, made.length]).toEqual([[], 2]);
    sfu.rejoined();
    timers.at(-1)?.run();
    await rest();
    expect(made).toHaveLength(4);
  });

  it("when the SFU knows this device no more everything starts anew", async () => {
    const { sfu, made, published } = world({ camera: track("me") });
    await rest();
    sfu.lost();
    await rest();
    expect(made.slice(0, 2).every(({ closed }) => closed)).toBe(true);
    expect([made.length, published.length]).toEqual([4, 2]);
    expect(made[2]?.sent()).toEqual(["me"]);
  });
});
