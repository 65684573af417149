// State + events = refetched state: whatever happened to the line, a device that comes back holds what a device that
// starts from nothing would fetch. A failing seed is kept in KEPT.
import { describe, expect, it } from "vitest";
import { ANNA, BRAM, random } from "../testing/cast";
import { Device } from "../testing/device";
import { World } from "../testing/world";
import { bottomOf, topOf } from "../state/state";

const KEPT: readonly number[] = [];
const SEEDS = [...KEPT, ...Array.from({ length: 400 }, (_, i) => i + 1)];
const TALKS = ["a", "b"];
const STEPS = 120;

interface Failing {
  readonly shuffled?: boolean;
  readonly lost: boolean;
  readonly cut: boolean;
}

function live(seed: number, failing: Failing): { world: World; device: Device; sent: string[] } {
  const chance = random(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  const world = new World();
  const device = new Device(world);
  const sent: string[] = [];
  TALKS.forEach((talk) => world.start(talk));
  for (let i = 0; i < chance() * 30; i++) world.write(BRAM, pick(TALKS));
  device.connect();

  const happenings: (() => void)[] = [
    () => device.arrive(),
    () => device.arrive(),
    () => device.arrive(2),
    () => failing.lost && device.arrive(0),
    () => failing.cut && device.open && device.cut(),
    () => !device.open && device.connect(),
    () => world.talks.has("a") && world.write(BRAM, "a"),
    () => world.talks.has("b") && world.write(BRAM, "b"),
    () => {
      const talk = pick(TALKS);
      const written = world.talks.get(talk)?.messages.length ?? 0;
      if (written > 0) world.alter(talk, 1 + Math.floor(chance() * written), { body: `altered ${i()}` });
    },
    () => {
      const talk = pick(TALKS);
      const own = world.talks.get(talk)?.messages.filter((m) => m.sender === ANNA && !m.withdrawnAt) ?? [];
      const wishes = [
        { type: "withdraw" },
        { type: "edit", body: `edited ${i()}` },
        { type: "react", reaction: chance() < 0.5 ? "thanks" : null },
        { type: "settle", number: 1, done: chance() < 0.5 },
      ] as const;
      const wish = pick(wishes);
      if (own.length > 0) device.do({ type: "alter", conversation: talk, seq: pick(own).seq, wish });
    },
    () => failing.shuffled && device.session.link === "up" && device.shuffle((waiting) => Math.floor(chance() * waiting)),
    () => world.reach(BRAM, pick(TALKS), Math.floor(chance() * 20), Math.floor(chance() * 20)),
    () => device.do({ type: "older", conversation: pick(TALKS) }),
    () => device.do({ type: "reached" }),
    () => device.do({ type: "shown", conversation: pick(TALKS), seq: Math.floor(chance() * 40) }),
    () => {
      const talk = pick(TALKS);
      if (!device.session.state.conversations[talk]) return;
      const id = `mine-${i()}`;
      if (talk === "a") sent.push(id);
      const answers = chance() < 0.3 ? { replyTo: 1 + Math.floor(chance() * 9) } : {};
      device.do({ type: "write", id, conversation: talk, body: `text ${id}`, ...answers });
    },
    () => {
      const [source, target] = [pick(TALKS), pick(TALKS)];
      const { conversations } = device.session.state;
      const message = conversations[source]?.messages.at(-1);
      if (!message || !conversations[target]) return;
      const id = `copy-${i()}`;
      device.do({ type: "write", id, conversation: target, body: message.body, forward: { source, seq: message.seq } });
    },
    () => {
      if (chance() > 0.15) return;
      if (world.talks.has("b")) world.end("b");
      else world.start("b");
    },
  ];
  let made = 0;
  const i = () => ++made;
  for (let at = 0; at < STEPS; at++) pick(happenings)();
  return { world, device, sent };
}

/** What was refused stands on the device that asked, until the person puts it away; no other device knows of it. */
function comparable(device: Device) {
  const { conversations, people, contacts, ...mine } = device.session.state;
  const pending = mine.pending.filter((p) => p.status !== "refused");
  const alterations = mine.alterations.filter((a) => a.text === undefined);
  return { conversations, pending, alterations, people, contacts: [...contacts].sort() };
}

function refetched(world: World) {
  const fresh = new Device(world);
  fresh.connect();
  fresh.loadAll();
  return comparable(fresh);
}

describe("state + events = refetched state", () => {
  it("on a line that loses nothing, with duplicates, without ever connecting again", () => {
    for (const seed of SEEDS) {
      const { world, device } = live(seed, { lost: false, cut: false });
      device.loadAll();
      expect(comparable(device), `seed ${seed}`).toEqual(refetched(world));
    }
  });

  it("on a line that loses frames and breaks, once it is connected again", () => {
    for (const seed of SEEDS) {
      const { world, device } = live(seed, { lost: true, cut: true });
      device.cut();
      device.connect();
      device.loadAll();
      expect(comparable(device), `seed ${seed}`).toEqual(refetched(world));
    }
  });

  it("on a line that gives frames in another order", () => {
    for (const seed of SEEDS) {
      const { world, device } = live(seed, { lost: false, cut: true, shuffled: true });
      if (!device.open) device.connect();
      device.loadAll();
      expect(comparable(device), `seed ${seed}`).toEqual(refetched(world));
    }
  });

  it("and no message ever went back to an older revision, nor a conversation beyond what it holds", () => {
    for (const seed of SEEDS.slice(0, 100)) {
      const { world, device } = live(seed, { lost: true, cut: true, shuffled: true });
      for (const held of Object.values(device.session.state.conversations)) {
        const truth = world.talks.get(held.id)?.messages ?? [];
        const missed = truth.filter((m) => m.rev && m.rev <= held.rev && m.seq <= topOf(held) && m.seq >= bottomOf(held));
        for (const m of missed) expect(held.messages.find((h) => h.seq === m.seq)?.rev, `seed ${seed}`).toBe(m.rev);
      }
    }
  });

  it("and everything written in a conversation one stays in is there exactly once, in the order of writing", () => {
    for (const seed of SEEDS) {
      const { world, device, sent } = live(seed, { lost: false, cut: true });
      device.cut();
      device.connect();
      device.loadAll();
      const stored = world.talks.get("a")?.messages.map((m) => m.id) ?? [];
      expect(stored.filter((id) => id.startsWith("mine-")), `seed ${seed}`).toEqual(sent);
    }
  });

  it("and no state on the way ever had a gap or a lowered receipt", () => {
    for (const seed of SEEDS.slice(0, 100)) {
      const { device } = live(seed, { lost: true, cut: true });
      for (const held of Object.values(device.session.state.conversations)) {
        const numbers = held.messages.map((m) => m.seq);
        expect(numbers, `seed ${seed}`).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
      }
    }
  });
});
