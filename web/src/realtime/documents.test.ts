import { describe, expect, it } from "vitest";
import type { Altered, ClientFrame, RequestedDocument, ServerFrame, StoredMessage } from "../api/protocol";
import { NOW, TALK, run, stored, talk, welcome } from "../testing/cast";
import { START, step, type Input, type Session } from "./session";

const NAMES = ["Aanmeldformulier", "Verwijsbrief"];
const ASKED: RequestedDocument[] = NAMES.map((name) => ({ name }));
const asking = (seq: number, documents = ASKED): StoredMessage => ({ ...stored(seq), documents });
const frame = (heard: ServerFrame): Input => ({ type: "frame", frame: heard });
const hello = (...messages: StoredMessage[]): Input => frame(welcome([talk(messages)]));
const ask: Input = { type: "write", id: "ask", conversation: TALK, body: "", documents: NAMES };
const ack = frame({ type: "ack", id: "ask", conversation: TALK, seq: 1, at: stored(1).at });
const settle: Input = { type: "alter", conversation: TALK, seq: 1, wish: { type: "settle", number: 2, done: true } };

function drive(session: Session, ...inputs: Input[]): { session: Session; frames: ClientFrame[] } {
  const frames: ClientFrame[] = [];
  for (const input of inputs) {
    const [next, said] = step(session, input, NOW);
    session = next;
    frames.push(...said);
  }
  return { session, frames };
}

const up = (...messages: StoredMessage[]) => drive(START, { type: "opened" }, hello(...messages)).session;
const listed = (session: Session) => session.state.conversations[TALK]?.messages[0]?.documents;

describe("a request for documents", () => {
  it("is said with its names, and again after a line that broke", () => {
    const said = { type: "send", id: "ask", conversation: TALK, body: "", documents: NAMES };
    const { session, frames } = drive(up(), ask);
    expect(frames).toEqual([said]);
    expect(drive(session, { type: "closed" }, { type: "opened" }, hello()).frames.slice(1)).toEqual([said]);
  });

  it("has its list when it is acknowledged", () => {
    const { session } = drive(up(), ask, ack);
    expect([listed(session), session.state.pending]).toEqual([ASKED, []]);
  });

  it("has its list when another device is told of it", () => {
    const told: ServerFrame = { type: "message", conversation: TALK, ...asking(1) };
    expect(listed(drive(up(), frame(told)).session)).toEqual(ASKED);
  });

  it("shows what came of it when it is altered, and keeps that when an older page comes", () => {
    const [first = { name: "" }, second = { name: "" }] = ASKED;
    const now = [first, { ...second, done: true, answer: 2 }];
    const altered: Altered = { type: "altered", conversation: TALK, rev: 1, message: { ...asking(1, now), rev: 1 } };
    const page: ServerFrame = { type: "history", request: 1, conversation: TALK, messages: [asking(1)], complete: true, rev: 0 };
    expect(listed(drive(up(asking(1)), frame(altered), frame(page)).session)).toEqual(now);
  });
});

describe("files for a document", () => {
  it("say which one they are, of which message", () => {
    const answer: Input = { type: "write", id: "a", conversation: TALK, body: "", replyTo: 1, answers: 2, files: [{ id: "f", state: "ready" }] };
    const said = { type: "send", id: "a", conversation: TALK, body: "", replyTo: 1, answers: 2, files: ["f"] };
    const { session, frames } = drive(up(asking(1)), answer, { type: "closed" }, { type: "opened" }, hello(asking(1)));
    expect(frames.filter((one) => one.type === "send")).toEqual([said, said]);
    expect(session.state.pending).toMatchObject([{ replyTo: 1, answers: 2 }]);
  });
});

describe("that a document is done", () => {
  const said = { type: "settle", request: 1, conversation: TALK, seq: 1, number: 2, done: true };

  it("is said again after a line that broke, until it is confirmed", () => {
    const { session, frames } = drive(up(asking(1)), settle, { type: "closed" }, { type: "opened" }, hello(asking(1)));
    expect(frames.filter((one) => one.type === "settle")).toEqual([said, said]);
    const confirmed: Altered = { type: "altered", conversation: TALK, rev: 1, message: { ...asking(1), rev: 1 }, request: 1 };
    expect(drive(session, frame(confirmed)).session.state.alterations).toEqual([]);
  });

  it("that is refused is told, and not said again", () => {
    const no = frame({ type: "refused", code: "no_such_document", text: "Ingetrokken", retry: false, request: 1 });
    const { session, frames } = drive(up(asking(1)), settle, no, { type: "closed" }, { type: "opened" }, hello(...run(1, 1)));
    expect(frames.filter((one) => one.type === "settle")).toEqual([said]);
    expect(session.state.alterations).toMatchObject([{ text: "Ingetrokken" }]);
  });
});
