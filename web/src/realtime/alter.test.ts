import { describe, expect, it } from "vitest";
import type { Altered, ChangesPage, StoredMessage } from "../api/protocol";
import { BRAM, NOW, TALK, run, stored, talk, welcomed } from "../testing/cast";
import type { Held, State } from "../state/state";
import { apply, type Event } from "./apply";
import { START, step, type Session } from "./session";

const edited = (seq: number, rev: number): StoredMessage => ({ ...stored(seq), body: `edited ${rev}`, rev });
const altered = (seq: number, rev: number): Altered => ({ type: "altered", conversation: TALK, rev, message: edited(seq, rev) });
const changes = (after: number, rev: number, ...messages: StoredMessage[]): ChangesPage => ({
  type: "changes",
  request: 1,
  conversation: TALK,
  after,
  rev,
  messages,
  complete: true,
});
const page = { type: "history", request: 1, conversation: TALK, messages: run(1, 3), complete: true, rev: 0 } as const;
const after = (state: State, ...events: Event[]) => events.reduce((now, event) => apply(now, event, NOW), state);
const held = (state: State) => state.conversations[TALK] as Held;
const body = (state: State, seq: number) => held(state).messages.find((m) => m.seq === seq)?.body;
const start = () => welcomed(talk(run(1, 3)));

describe("an alteration", () => {
  it("that is the next one is taken", () => {
    const state = after(start(), altered(2, 1));
    expect([held(state).rev, body(state, 2)]).toEqual([1, "edited 1"]);
  });

  it("that was taken already changes nothing", () => {
    const state = after(start(), altered(2, 1));
    expect(after(state, altered(2, 1))).toBe(state);
  });

  it("above a gap is not taken, but known to be there (law 2)", () => {
    const state = after(start(), altered(2, 2));
    expect([held(state).rev, held(state).lastRev, body(state, 2)]).toEqual([0, 2, "text 2"]);
  });

  it("of a message that is not there yet waits for it (law 3)", () => {
    const state = after(start(), altered(4, 1));
    expect([held(state).rev, held(state).lastRev, held(state).lastSeq]).toEqual([0, 1, 4]);
    const late = after(state, { type: "message", conversation: TALK, ...stored(4, BRAM) });
    expect(body(after(late, changes(0, 1, edited(4, 1))), 4)).toBe("edited 1");
  });

  it("is not undone by an older state of the message (law 1)", () => {
    const state = after(start(), changes(0, 2, edited(2, 2)));
    expect(body(after(state, altered(2, 1)), 2)).toBe("edited 2");
    expect(after(state, page)).toBe(state);
  });
});

describe("what is fetched", () => {
  it("from where the device is brings it up to date", () => {
    const state = after(start(), altered(2, 3), changes(0, 3, edited(1, 2), edited(2, 3)));
    expect([held(state).rev, body(state, 1), body(state, 2)]).toEqual([3, "edited 2", "edited 3"]);
  });

  it("from further on does not hide what lies between", () => {
    expect(held(after(start(), changes(2, 3, edited(2, 3)))).rev).toBe(0);
  });

  it("before what is known here lowers what is known again (law 4)", () => {
    const state = after(welcomed(talk(run(4, 6))), altered(5, 1), page);
    expect([held(state).rev, held(state).lastRev]).toEqual([0, 1]);
  });
});

describe("the session", () => {
  const up: Session = { ...START, state: start(), link: "up" };
  const hear = (session: Session, frame: Altered | ChangesPage) => step(session, { type: "frame", frame }, NOW);

  it("asks for what lies in a gap, once, from where it is", () => {
    const [session, frames] = hear(up, altered(2, 2));
    expect(frames).toEqual([{ type: "changes", request: 1, conversation: TALK, after: 0 }]);
    expect(hear(session, altered(2, 3))[1]).toEqual([]);
  });

  it("says in hello what it knows", () => {
    const [session] = hear(hear(up, altered(2, 2))[0], changes(0, 2, edited(2, 2)));
    const [, frames] = step(session, { type: "opened" }, NOW);
    expect(frames).toEqual([{ type: "hello", protocol: 1, have: { [TALK]: 3 }, revs: { [TALK]: 2 } }]);
  });

  it("keeps what is wanted until it is confirmed or refused, and says it again after a break", () => {
    const wish = { type: "edit", body: "anders" } as const;
    const [session, frames] = step(up, { type: "alter", conversation: TALK, seq: 2, wish }, NOW);
    expect(frames).toEqual([{ type: "edit", body: "anders", request: 1, conversation: TALK, seq: 2 }]);
    expect(hear(session, altered(2, 1))[0].state.alterations).toHaveLength(1);
    expect(hear(session, { ...altered(2, 1), request: 1 })[0].state.alterations).toEqual([]);
    const no = { type: "refused", code: "too_late", text: "Te laat", retry: false, request: 1 } as const;
    const [refused] = step(session, { type: "frame", frame: no }, NOW);
    expect(refused.state.alterations).toMatchObject([{ text: "Te laat" }]);
    expect(step(refused, { type: "dismiss", request: 1 }, NOW)[0].state.alterations).toEqual([]);
  });
});
