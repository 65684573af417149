import { expect, test } from "vitest";
import { START, step } from "../../realtime/session";
import { unreadIn } from "../../state/select";
import type { Held, State } from "../../state/state";
import { both, NOW, run, stored, talk, TALK, welcome } from "../../testing/cast";
import { changed, NEWEST, partsOf, restored, type Parts } from "./kept";

const NONE: Parts = new Map();
const [opened] = step(START, { type: "opened" }, NOW);

function welcomed(count: number, read = 0): State {
  const told = welcome([talk(run(1, count), { participants: both(read, read) })]);
  return step(opened, { type: "frame", frame: told }, NOW)[0].state;
}

const records = (parts: Parts) => new Map([...parts].map(([key, part]) => [key, JSON.parse(JSON.stringify(part.value())) as unknown]));
const held = (state: State): Held => state.conversations[TALK] as Held;

test("what is kept comes back as it was, as if the line had just gone", () => {
  const state = welcomed(3, 1);
  const back = restored(records(partsOf(state, new Map([[TALK, "half a sentence"]]), NOW)));
  expect(back?.heard).toBe(NOW);
  expect(back?.session.link).toBe("down");
  expect(back?.session.state).toEqual(state);
  expect([...(back?.drafts ?? [])]).toEqual([[TALK, "half a sentence"]]);
});

test("what was not sent is said again after the next welcome, under the same id and in order", () => {
  const written = ["b", "a"].reduce(
    (session, id, i) => step(session, { type: "write", id, conversation: TALK, body: id }, NOW + i)[0],
    { ...START, state: welcomed(1) },
  );
  const back = restored(records(partsOf(written.state, new Map(), NOW)));
  if (!back) throw new Error("nothing came back");
  const [greeting] = step(back.session, { type: "opened" }, NOW);
  const [, said] = step(greeting, { type: "frame", frame: welcome([talk(run(1, 1))]) }, NOW);
  expect(said.filter((frame) => frame.type === "send").map((frame) => frame.id)).toEqual(["b", "a"]);
});

test("a wish keeps its number, and the next gets another", () => {
  const wish = { type: "alter", conversation: TALK, seq: 1, wish: { type: "withdraw" } } as const;
  const [wished] = step({ ...START, state: welcomed(1), request: 6 }, wish, NOW);
  const back = restored(records(partsOf(wished.state, new Map(), NOW)));
  expect(back?.session.state.alterations).toEqual(wished.state.alterations);
  expect(back?.session.request).toBe(7);
});

test("of a long conversation the newest messages are kept, and as much counts as unread", () => {
  const state = welcomed(NEWEST + 40, 10);
  const back = restored(records(partsOf(state, new Map(), NOW)))?.session.state;
  if (!back) throw new Error("nothing came back");
  expect(held(back).messages.map((m) => m.seq)).toEqual(held(state).messages.slice(-NEWEST).map((m) => m.seq));
  expect(unreadIn(back, held(back), 0)).toBe(unreadIn(state, held(state), 0));
});

test("only what changed is written, and what is gone is removed", () => {
  const state = welcomed(2);
  const before = partsOf(state, new Map([[TALK, "x"]]), NOW);
  expect(changed(before, partsOf(state, new Map([[TALK, "x"]]), NOW)).size).toBe(0);
  const [more] = step({ ...START, link: "up", state }, { type: "frame", frame: { type: "message", conversation: TALK, ...stored(3) } }, NOW);
  const changes = changed(before, partsOf(more.state, new Map(), NOW));
  expect([...changes].map(([key, part]) => [key, part !== undefined])).toEqual([[`conversation/${TALK}`, true], [`draft/${TALK}`, false]]);
});

test("a welcome in which nothing happened rewrites no conversation", () => {
  const state = welcomed(2);
  const told = welcome([talk([], { lastSeq: 2 })]);
  const later = step({ ...opened, state }, { type: "frame", frame: told }, NOW)[0].state;
  const changes = changed(partsOf(state, new Map(), NOW), partsOf(later, new Map(), NOW));
  expect([...changes.keys()].filter((key) => key.startsWith("conversation/"))).toEqual([]);
});

test("nothing is made of nothing", () => {
  expect(partsOf(START.state, new Map([[TALK, "x"]]), NOW).size).toBe(0);
  expect(changed(NONE, NONE).size).toBe(0);
  expect(restored(new Map([[`draft/${TALK}`, "x"]]))).toBeNull();
});
