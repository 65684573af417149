// A server in small, for the property tests: it keeps conversations as the protocol says and answers client frames. What
// it says is put in the out-trays of its lines; the test decides what of that arrives, twice, or not at all.
import type { ClientFrame, Conversation, Participant, ServerFrame, StoredMessage } from "../api/protocol";
import { ANNA, BRAM, NOW, PETRA, person, welcome } from "./cast";

interface Talk {
  readonly id: string;
  readonly participants: Participant[];
  readonly messages: StoredMessage[];
}

export interface Line {
  readonly who: string;
  readonly out: ServerFrame[];
}

const TAIL = 5;
const MOST_AT_WELCOME = 12;
const PAGE = 4;

export class World {
  readonly talks = new Map<string, Talk>();
  readonly lines = new Set<Line>();
  readonly #left = new Map<string, Talk>();
  #made = 0;

  /** Someone of the other side, on a device that never fails. */
  write(who: string, talk: string, id = `other-${++this.#made}`): void {
    this.#store(who, talk, id, `text ${id}`, null);
  }

  /** Anna takes part in the conversation, from now on or again. */
  start(talk: string): void {
    if (this.talks.has(talk)) return;
    const participants = [ANNA, BRAM].map((who) => ({ person: who, delivered: 0, read: 0 }));
    this.talks.set(talk, this.#left.get(talk) ?? { id: talk, participants, messages: [] });
    this.#tell(talk, { type: "conversation", conversation: this.#view(talk, undefined), people: this.#people() });
  }

  /** Anna no longer takes part. */
  end(talk: string): void {
    this.#left.set(talk, this.#talk(talk));
    this.#tell(talk, { type: "gone", conversation: talk });
    this.talks.delete(talk);
  }

  hear(line: Line, frame: ClientFrame): void {
    switch (frame.type) {
      case "hello":
        line.out.push({ ...welcome(this.views(frame.have)), people: this.#people() });
        this.lines.add(line);
        return;
      case "send":
        if (!this.talks.has(frame.conversation))
          return void line.out.push({ type: "refused", code: "gone", text: "", retry: false, id: frame.id });
        return this.#store(line.who, frame.conversation, frame.id, frame.body, line);
      case "received":
        return this.reach(line.who, frame.conversation, frame.seq, 0);
      case "read":
        return this.reach(line.who, frame.conversation, frame.seq, frame.seq);
      case "history":
        return this.#page(line, frame);
      case "typing":
      case "ping":
        return;
    }
  }

  reach(who: string, talk: string, delivered: number, read: number): void {
    const participant = this.talks.get(talk)?.participants.find((p) => p.person === who);
    if (!participant) return;
    const newest = this.#talk(talk).messages.length;
    participant.read = Math.max(participant.read, Math.min(read, newest));
    participant.delivered = Math.max(participant.delivered, Math.min(delivered, newest), participant.read);
    this.#tell(talk, { type: "receipt", conversation: talk, ...participant });
  }

  views(have: Readonly<Record<string, number>> = {}): Conversation[] {
    return [...this.talks.keys()].map((talk) => ({ ...this.#view(talk, have[talk]), unread: this.#unread(talk) }));
  }

  #unread(talk: string): number {
    const { messages, participants } = this.#talk(talk);
    const read = participants.find((p) => p.person === ANNA)?.read ?? 0;
    return messages.filter((m) => m.sender !== ANNA && m.seq > read).length;
  }

  #view(talk: string, have: number | undefined): Conversation {
    const { id, participants, messages } = this.#talk(talk);
    const near = have !== undefined && have <= messages.length && messages.length - have <= MOST_AT_WELCOME;
    return {
      id,
      organisation: "organisation",
      kind: "treatment",
      createdAt: new Date(NOW).toISOString(),
      lastSeq: messages.length,
      participants: participants.map((p) => ({ ...p })),
      messages: near ? messages.slice(have) : messages.slice(-TAIL),
    };
  }

  #store(who: string, talk: string, id: string, body: string, line: Line | null): void {
    const { messages } = this.#talk(talk);
    let message = messages.find((m) => m.id === id);
    if (!message) {
      message = { seq: messages.length + 1, id, sender: who, at: new Date(NOW + messages.length).toISOString(), body };
      messages.push(message);
      this.#tell(talk, { type: "message", conversation: talk, ...message }, line);
    }
    line?.out.push({ type: "ack", id, conversation: talk, seq: message.seq, at: message.at });
  }

  #page(line: Line, frame: ClientFrame & { type: "history" }): void {
    const all = this.talks.get(frame.conversation)?.messages;
    if (!all) return void line.out.push({ type: "refused", code: "gone", text: "", retry: false, request: frame.request });
    const { before, after } = frame;
    const messages =
      before != null ? all.slice(Math.max(0, before - 1 - PAGE), before - 1) : all.slice(after ?? 0, (after ?? 0) + PAGE);
    line.out.push({ type: "history", request: frame.request, conversation: frame.conversation, messages, complete: false });
  }

  #tell(talk: string, frame: ServerFrame, not: Line | null = null): void {
    const told = this.#talk(talk).participants.map((p) => p.person);
    for (const line of this.lines) if (line !== not && told.includes(line.who)) line.out.push(structuredClone(frame));
  }

  #talk(talk: string): Talk {
    const found = this.talks.get(talk);
    if (!found) throw new Error(`no conversation ${talk}`);
    return found;
  }

  #people = () => [person(ANNA, "client"), person(BRAM), person(PETRA, "planner")];
}
