import { expect, test } from "vitest";
import { START, step } from "../../realtime/session";
import { unreadIn } from "../../state/select";
import type { Held, State } from "../../state/state";
import { both, NOW, run, stored, talk, TALK, welcome } from "../../testing/cast";
import { changed, leftBy, NEWEST, ownParts, pageOf, restored, sharedParts, type Parts } from "./kept";

const [opened] = step(START, { type: "opened" }, NOW);

function welcomed(count: number, read = 0): State {
  const told = welcome([talk(run(1, count), { participants: both(read, read) })]);
  return step(opened, { type: "frame", frame: told }, NOW)[0].state;
}

const PAGE = "page";
const NO_DRAFTS = new Map<string, string>();
const all = (state: State, drafts = NO_DRAFTS): Parts => new Map([...sharedParts(state, NOW), ...ownParts(state, drafts, PAGE)]);
const records = (parts: Parts) => new Map([...parts].map(([key, part]) => [key, JSON.parse(JSON.stringify(part.value())) as unknown]));
const held = (state: State): Held => state.conversations[TALK] as Held;

function back(parts: Parts): State {
  const found = restored(records(parts));
  if (!found) throw new Error("nothing came back");
  expect([found.heard, found.session.link]).toEqual([NOW, "down"]);
  return found.session.state;
}

test("what all pages share comes back as it was, as if the line had just gone", () => {
  const state = welcomed(3, 1);
  expect(back(all(state))).toEqual(state);
});

test("what a page has not sent is no other's: it comes back to its heir, in order", () => {
  const written = ["b", "a"].reduce(
    (session, id, i) => step(session, { type: "write", id, conversation: TALK, body: id }, NOW + i)[0],
    { ...START, state: welcomed(1) },
  );
  const wish = { type: "alter", conversation: TALK, seq: 1, wish: { type: "withdraw" } } as const;
  const [wished] = step(written, wish, NOW);
  const parts = all(wished.state, new Map([[TALK, "half a sentence"]]));
  expect([back(parts).pending, back(parts).alterations]).toEqual([[], []]);
  expect(new Set([...parts.keys()].map(pageOf))).toEqual(new Set([null, PAGE]));
  const left = leftBy(records(parts));
  expect(left.pending.map(({ id }) => id)).toEqual(["b", "a"]);
  expect(left.wishes).toEqual(wished.state.alterations);
  expect([...left.drafts]).toEqual([[TALK, "half a sentence"]]);
});

test("what was kept before pages had names belongs to one that is gone", () => {
  expect(["unsent/1", "draft/talk", "wishes"].map(pageOf)).toEqual(["", "", ""]);
  expect(leftBy(new Map([[`draft/${TALK}`, "x"]])).drafts.get(TALK)).toBe("x");
});

test("of a long conversation the newest messages are kept, and as much counts as unread", () => {
  const state = welcomed(NEWEST + 40, 10);
  const kept = back(all(state));
  expect(held(kept).messages.map((m) => m.seq)).toEqual(held(state).messages.slice(-NEWEST).map((m) => m.seq));
  expect(unreadIn(kept, held(kept), 0)).toBe(unreadIn(state, held(state), 0));
  expect(changed(all(kept), all(state)).size).toBe(0);
});

test("only what changed is written, and what is gone is removed", () => {
  const state = welcomed(2);
  const before = all(state, new Map([[TALK, "x"]]));
  expect(changed(before, all(state, new Map([[TALK, "x"]]))).size).toBe(0);
  const [more] = step({ ...START, link: "up", state }, { type: "frame", frame: { type: "message", conversation: TALK, ...stored(3) } }, NOW);
  const changes = changed(before, all(more.state));
  expect([...changes].map(([key, part]) => [key, part !== undefined])).toEqual([[`conversation/${TALK}`, true], [`draft/${PAGE}/${TALK}`, false]]);
});

test("a welcome in which nothing happened rewrites no conversation", () => {
  const state = welcomed(2);
  const told = welcome([talk([], { lastSeq: 2 })]);
  const later = step({ ...opened, state }, { type: "frame", frame: told }, NOW)[0].state;
  expect(changed(all(state), all(later)).size).toBe(0);
});

test("nothing is made of nothing", () => {
  expect(restored(new Map([[`draft/${PAGE}/${TALK}`, "x"]]))).toBeNull();
  expect(changed(new Map(), new Map()).size).toBe(0);
});
