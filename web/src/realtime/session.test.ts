import { describe, expect, it } from "vitest";
import type { ClientFrame, Conversation, ServerFrame } from "../api/protocol";
import { ANNA, BRAM, NOW, TALK, both, pending, run, stored, talk, welcome } from "../testing/cast";
import { START, step, type Input, type Session } from "./session";

function drive(session: Session, ...inputs: Input[]): { session: Session; frames: ClientFrame[] } {
  const frames: ClientFrame[] = [];
  for (const input of inputs) {
    const [next, said] = step(session, input, NOW);
    session = next;
    frames.push(...said);
  }
  return { session, frames };
}

const frame = (heard: ServerFrame): Input => ({ type: "frame", frame: heard });
const up = (...conversations: Conversation[]) => drive(START, { type: "opened" }, frame(welcome(conversations))).session;
const write = (id: string): Input => ({ type: "write", id, conversation: TALK, body: `body of ${id}` });
const message = (seq: number): Input => frame({ type: "message", conversation: TALK, ...stored(seq) });

describe("hello", () => {
  it("is the first frame, and says what the device has", () => {
    expect(drive(START, { type: "opened" }).frames).toEqual([{ type: "hello", protocol: 1 }]);
    const known = drive(up(talk(run(1, 7))), { type: "closed" }, { type: "opened" });
    expect(known.frames).toEqual([{ type: "hello", protocol: 1, have: { [TALK]: 7 } }]);
  });

  it("says the number below the gap, not above it", () => {
    const gap = drive(up(talk(run(1, 3))), message(9), { type: "closed" }, { type: "opened" });
    expect(gap.frames.at(-1)).toEqual({ type: "hello", protocol: 1, have: { [TALK]: 3 } });
  });

  it("is followed by nothing until the welcome", () => {
    const { session, frames } = drive(START, { type: "opened" }, write("a"), { type: "typing", conversation: TALK });
    expect(frames).toHaveLength(1);
    expect(drive(session, { type: "reached" }, { type: "shown", conversation: TALK, seq: 1 }).frames).toEqual([]);
  });
});

describe("sending", () => {
  const send = (id: string) => ({ type: "send", id, conversation: TALK, body: `body of ${id}` });

  it("is done at once when there is a line", () => {
    expect(drive(up(talk([])), write("a")).frames).toEqual([send("a")]);
  });

  it("without a line waits, and is done after the next welcome in the order of writing, under the same ids", () => {
    const away = drive(up(talk([])), { type: "closed" }, write("a"), write("b"));
    expect(away.frames).toEqual([]);
    const back = drive(away.session, { type: "opened" }, frame(welcome([talk([])])));
    expect(back.frames.slice(1)).toEqual([send("a"), send("b")]);
  });

  it("is not repeated for what the welcome shows to have arrived", () => {
    const sent = drive(up(talk([])), write("a"), write("b"), { type: "closed" }, { type: "opened" });
    const back = drive(sent.session, frame(welcome([talk([stored(1, ANNA, "a")])])));
    expect(back.frames).toEqual([send("b")]);
  });

  it("that was refused is only repeated when the person asks, under the same id", () => {
    const refused = drive(up(talk([])), write("a"), frame({ type: "refused", code: "x", text: "", retry: false, id: "a" }));
    const back = drive(refused.session, { type: "closed" }, { type: "opened" }, frame(welcome([talk([])])));
    expect(back.frames.filter((f) => f.type === "send")).toEqual([]);
    expect(drive(back.session, { type: "again", id: "a" }).frames).toEqual([send("a")]);
  });
});

describe("what a page that is gone left", () => {
  const left = (status: "waiting" | "stored" | "refused"): Input => ({ type: "left", pending: pending("theirs", { status }) });

  it("is said under its id, as soon as there is a line; also what was acknowledged and not seen in its place", () => {
    for (const status of ["waiting", "stored"] as const) {
      expect(drive(up(talk(run(1, 1))), left(status)).frames).toMatchObject([{ type: "send", id: "theirs" }]);
      const { session, frames } = drive(START, { type: "opened" }, left(status));
      expect(frames).toHaveLength(1);
      expect(drive(session, frame(welcome([talk(run(1, 1))]))).frames).toMatchObject([{ type: "send", id: "theirs" }]);
    }
  });

  it("stays refused where the server refused it, and when it was written", () => {
    const { session, frames } = drive(up(talk(run(1, 1))), left("refused"));
    expect(frames).toEqual([]);
    expect(session.state.pending).toEqual([pending("theirs", { status: "refused" })]);
  });
});

describe("what is not acknowledged in time", () => {
  const overdue = (...ids: string[]): Input => ({ type: "overdue", ids });
  const send = (id: string): ClientFrame => ({ type: "send", id, conversation: TALK, body: `body of ${id}` });

  it("is said once more, under the same id, and no other is", () => {
    const written = drive(up(talk([])), write("a"), write("b"));
    const late = drive(written.session, overdue("a"), overdue("a"));
    expect(late.frames).toEqual([send("a")]);
  });

  it("is late without a line too, and goes by itself when there is one again", () => {
    const away = drive(up(talk([])), { type: "closed" }, write("a"), overdue("a"));
    expect(away.frames).toEqual([]);
    expect(away.session.state.pending).toMatchObject([{ id: "a", late: true }]);
    const back = drive(away.session, { type: "opened" }, frame(welcome([talk([])])));
    expect(back.frames.slice(1)).toEqual([send("a")]);
    expect(back.session.state.pending[0]?.late).toBeUndefined();
  });

  it("and is taken back, is never said again", () => {
    const away = drive(up(talk([])), { type: "closed" }, write("a"), overdue("a"), { type: "discard", id: "a" });
    const back = drive(away.session, { type: "opened" }, frame(welcome([talk([])])), overdue("a"));
    expect(back.frames.slice(1)).toEqual([]);
  });

  it("is not said again when it was acknowledged meanwhile", () => {
    const ack: ServerFrame = { type: "ack", id: "a", conversation: TALK, seq: 1, at: "2026-11-24T13:05:00Z" };
    expect(drive(up(talk([])), write("a"), frame(ack), overdue("a")).frames).toEqual([send("a")]);
  });
});

describe("a gap", () => {
  it("is asked for once, from the last message below it", () => {
    const { frames } = drive(up(talk(run(1, 3))), message(6), message(7));
    expect(frames).toEqual([{ type: "history", request: 1, conversation: TALK, after: 3, limit: 100 }]);
  });

  it("larger than a page is asked for until it is filled", () => {
    const first = drive(up(talk(run(1, 3))), message(300));
    const page = { type: "history", request: 1, conversation: TALK, messages: run(4, 103), complete: false } as const;
    expect(drive(first.session, frame(page)).frames).toMatchObject([{ type: "history", after: 103 }]);
  });

  it("that the server does not fill is not asked for without end", () => {
    const first = drive(up(talk(run(1, 3))), message(6));
    const none: ServerFrame = { type: "history", request: 1, conversation: TALK, messages: [], complete: true };
    expect(drive(first.session, frame(none), message(7)).frames).toEqual([]);
  });

  it("is asked for again after a new welcome", () => {
    const lost = drive(up(talk(run(1, 3))), message(6), { type: "closed" }, { type: "opened" });
    const back = drive(lost.session, frame(welcome([talk([], { lastSeq: 6 })])));
    expect(back.frames).toMatchObject([{ type: "history", after: 3 }]);
  });
});

describe("a refused request for history", () => {
  const no = (request: number): Input => frame({ type: "refused", code: "unavailable", text: "", retry: true, request });

  it("is not repeated at once, but is when told so", () => {
    const first = drive(up(talk(run(1, 3))), message(6), no(1), message(7));
    expect(first.frames).toHaveLength(1);
    expect(drive(first.session, { type: "askAgain", request: 1 }).frames).toMatchObject([{ type: "history", after: 3 }]);
  });

  it("for older messages does not go round without end either", () => {
    const older: Input = { type: "older", conversation: TALK };
    const first = drive(up(talk(run(51, 90))), older, no(1), older);
    expect(first.frames).toHaveLength(1);
    expect(drive(first.session, { type: "askAgain", request: 1 }, older).frames).toHaveLength(1);
  });
});

describe("older messages", () => {
  it("are asked for below what is held, one request at a time", () => {
    const older: Input = { type: "older", conversation: TALK };
    const { frames } = drive(up(talk(run(51, 90))), older, older);
    expect(frames).toEqual([{ type: "history", request: 1, conversation: TALK, before: 51 }]);
  });

  it("are not asked for at the beginning", () => {
    expect(drive(up(talk(run(1, 9))), { type: "older", conversation: TALK }).frames).toEqual([]);
  });
});

describe("receipts", () => {
  it("say once what reached the device, for messages of others only", () => {
    const messages = [...run(1, 4), stored(5, ANNA)];
    const { frames } = drive(up(talk(messages)), { type: "reached" }, { type: "reached" });
    expect(frames).toEqual([{ type: "received", conversation: TALK, seq: 4 }]);
  });

  it("are not said for what the server knows already", () => {
    const known = up(talk(run(1, 4), { participants: both(4, 4) }));
    expect(drive(known, { type: "reached" }, { type: "shown", conversation: TALK, seq: 4 }).frames).toEqual([]);
  });

  it("of reading go up only, and are said again after a lost line", () => {
    const shown = (seq: number): Input => ({ type: "shown", conversation: TALK, seq });
    const { session, frames } = drive(up(talk(run(1, 9))), shown(5), shown(3), shown(5), shown(9));
    expect(frames.map((f) => f.type === "read" && f.seq)).toEqual([5, 9]);
    const back = drive(session, { type: "closed" }, { type: "opened" }, frame(welcome([talk([], { lastSeq: 9 })])), shown(9));
    expect(back.frames.at(-1)).toEqual({ type: "read", conversation: TALK, seq: 9 });
  });
});

it("a welcome for somebody else begins from nothing: nothing of the one before is said for them", () => {
  const before = drive(up(talk(run(1, 9))), { type: "closed" }, write("a"), { type: "shown", conversation: TALK, seq: 9 });
  const [session, frames] = step(drive(before.session, { type: "opened" }).session, frame(welcome([talk(run(1, 9))], BRAM)), NOW);
  expect(frames).toEqual([]);
  expect(session).toMatchObject({ state: { me: { id: BRAM }, pending: [] }, seen: {}, read: {}, received: {} });
});

describe("what was in sight without a line", () => {
  const shown = (seq: number): Input => ({ type: "shown", conversation: TALK, seq });
  const back = (session: Session) => drive(session, { type: "opened" }, frame(welcome([talk([], { lastSeq: 9 })])));

  it("is said to be read when there is one again, before what was written meanwhile", () => {
    const away = drive(up(talk(run(1, 9))), { type: "closed" }, shown(6), write("a"));
    expect(away.frames).toEqual([]);
    expect(back(away.session).frames.slice(1)).toMatchObject([{ type: "read", seq: 6 }, { type: "send", id: "a" }]);
  });

  it("is no more than was in sight: what is written says nothing of the rest", () => {
    const away = drive(up(talk(run(1, 9))), { type: "closed" }, write("a"));
    expect(back(away.session).frames.slice(1)).toMatchObject([{ type: "send", id: "a" }]);
  });
});

describe("typing", () => {
  it("is said at most once in three seconds", () => {
    const typing: Input = { type: "typing", conversation: TALK };
    const [first, said] = step(up(talk(run(1, 1, BRAM))), typing, NOW);
    expect(said).toHaveLength(1);
    const [second, nothing] = step(first, typing, NOW + 2_900);
    expect(nothing).toEqual([]);
    expect(step(second, typing, NOW + 3_000)[1]).toHaveLength(1);
  });
});
