// Two peers with a wire between them, on connections that only know the rules of negotiation (JSEP, RFC 8829).
import { describe, expect, it } from "vitest";
import { Fake, asConnection } from "../../../testing/connections";
import type { Link, Told, Tracks } from "./kinds";
import { Peer } from "./peer";

interface Side {
  readonly peer: Peer;
  readonly made: Fake[];
  readonly said: Told[];
  readonly timers: { ms: number; run: () => void }[];
  readonly links: Link[];
  heard: Tracks;
}

const track = (id: string) => ({ id }) as MediaStreamTrack;

function side(polite: boolean, own: Tracks = {}): Side {
  const made: Fake[] = [];
  const said: Told[] = [];
  const timers: Side["timers"] = [];
  const links: Link[] = [];
  const around = {
    make: () => {
      const fake = new Fake();
      made.push(fake);
      return asConnection(fake);
    },
    say: (told: Told) => void said.push(told),
    after: (ms: number, run: () => void) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => void timers.splice(0, timers.length, ...timers.filter((one) => one !== timer));
    },
    relays: async () => ({}),
  };
  const result: Side = {
    made,
    said,
    timers,
    links,
    heard: {},
    peer: new Peer(polite, own, around, { tracks: (tracks) => (result.heard = tracks), link: (link) => void links.push(link) }),
  };
  return result;
}

const rest = async () => {
  for (let i = 0; i < 50; i++) await Promise.resolve();
};

/** Everything said on either side arrives, in order, until nobody says anything. */
async function talk(one: Side, other: Side): Promise<void> {
  await rest();
  for (let i = 0; i < 50 && one.said.length + other.said.length > 0; i++) {
    const [a, b] = [one.said.splice(0), other.said.splice(0)];
    a.forEach((told) => other.peer.heard(told));
    b.forEach((told) => one.peer.heard(told));
    await rest();
  }
}

const settled = (...sides: Side[]) => sides.every(({ made }) => made.at(-1)?.signalingState === "stable" && made.at(-1)?.remoteDescription);
const pair = (one: Side, other: Side) => one.made.at(-1)?.remoteSession === other.made.at(-1)?.session && other.made.at(-1)?.remoteSession === one.made.at(-1)?.session;

describe("a connection with another device", () => {
  it("is agreed on by one offer, and each knows what the other's lines are", async () => {
    const [anna, bram] = [side(true, { camera: track("anna") }), side(false)];
    anna.peer.offer();
    await talk(anna, bram);
    expect(settled(anna, bram)).toBeTruthy();
    expect(Object.keys(bram.heard).sort()).toEqual(["camera", "microphone", "screen"]);
    expect(Object.keys(anna.heard).sort()).toEqual(["camera", "microphone", "screen"]);
  });

  it("when both offer at once the polite one gives way", async () => {
    const [anna, bram] = [side(true), side(false)];
    anna.peer.offer();
    bram.peer.offer();
    await talk(anna, bram);
    expect(settled(anna, bram)).toBeTruthy();
    expect(pair(anna, bram)).toBe(true);
    expect([anna.made.length, bram.made.length]).toEqual([2, 1]);
  });

  it("starts anew with a page that was loaded anew, whoever is polite", async () => {
    for (const polite of [true, false]) {
      const [before, bram] = [side(polite), side(!polite)];
      before.peer.offer();
      await talk(before, bram);
      const anew = side(polite);
      anew.peer.offer();
      await talk(anew, bram);
      expect(settled(anew, bram)).toBeTruthy();
      expect(pair(anew, bram)).toBe(true);
    }
  });

  it("finds each other though both start anew in the same moment", async () => {
    const [before, bram] = [side(true), side(false)];
    before.peer.offer();
    await talk(before, bram);
    const anew = side(true);
    anew.peer.offer();
    bram.peer.restart();
    await talk(anew, bram);
    expect(pair(anew, bram)).toBe(true);
    expect(settled(anew, bram)).toBeTruthy();
  });

  it("is offered again when the answer was lost", async () => {
    const [anna, bram] = [side(true), side(false)];
    anna.peer.offer();
    await rest();
    bram.peer.heard(anna.said[0] as Told);
    await rest();
    bram.said.splice(0);
    anna.said.splice(0);
    anna.timers.at(-1)?.run();
    await talk(anna, bram);
    expect(settled(anna, bram)).toBeTruthy();
    expect(anna.links).toEqual(["broken"]);
  });

  it("is restarted over other ways when it broke, and kept while it works", async () => {
    const [anna, bram] = [side(true), side(false)];
    anna.peer.offer();
    await talk(anna, bram);
    const connection = bram.made.at(-1);
    connection?.become("connected");
    expect(bram.timers).toEqual([]);
    connection?.become("disconnected");
    expect(bram.timers.map(({ ms }) => ms)).toEqual([2_000]);
    connection?.become("connected");
    expect(bram.timers).toEqual([]);
    connection?.become("failed");
    await talk(anna, bram);
    expect(connection?.restarts).toBe(1);
    expect(bram.made.length).toBe(1);
    expect(settled(anna, bram)).toBeTruthy();
    expect(bram.links).toEqual(["connected", "connected", "broken"]);
  });

  it("takes what is turned on and off without agreeing anew", async () => {
    const [anna, bram] = [side(true), side(false)];
    anna.peer.offer();
    await talk(anna, bram);
    anna.peer.setTrack("camera", track("seen"));
    bram.peer.setTrack("screen", track("shown"));
    await rest();
    expect(anna.said).toEqual([]);
    expect(anna.made.at(-1)?.sent()).toContain("seen");
    expect(bram.made.at(-1)?.sent()).toContain("shown");
    anna.peer.setTrack("camera", null);
    await rest();
    expect(anna.made.at(-1)?.sent()).not.toContain("seen");
  });

  it("survives what makes no sense, and says nothing once it is closed", async () => {
    const anna = side(true);
    anna.peer.heard({ candidate: { candidate: "early" } });
    anna.peer.heard({ description: { type: "answer", sdp: "o=- 9 1" } });
    anna.peer.heard({});
    await rest();
    expect(anna.said).toEqual([]);
    anna.peer.close();
    anna.peer.offer();
    await rest();
    expect(anna.said).toEqual([]);
  });
});
