// A server in small, for the property tests: it keeps conversations as the protocol says and answers client frames. What
// it says is put in the out-trays of its lines; the test decides what of that arrives, twice, or not at all.
import type { ClientFrame, Conversation, Participant, ServerFrame, StoredMessage } from "../api/protocol";
import { ANNA, BRAM, NOW, PETRA, person, welcome } from "./cast";

interface Talk {
  readonly id: string;
  readonly participants: Participant[];
  readonly messages: StoredMessage[];
  rev: number;
}

type Asking = Extract<ClientFrame, { seq: number; request: number }>;

export interface Line {
  readonly who: string;
  readonly out: ServerFrame[];
}

const TAIL = 5;
const MOST_AT_WELCOME = 12;
const PAGE = 4;
const CHANGES = 3;

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
    this.talks.set(talk, this.#left.get(talk) ?? { id: talk, participants, messages: [], rev: 0 });
    this.#tell(talk, { type: "conversation", conversation: this.#view(talk, undefined, 0), people: this.#people() });
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
        line.out.push({ ...welcome(this.views(frame.have, frame.revs)), people: this.#people() });
        this.lines.add(line);
        return;
      case "send":
        if (!this.talks.has(frame.conversation))
          return void line.out.push({ type: "refused", code: "gone", text: "", retry: false, id: frame.id });
        return this.#store(line.who, frame.conversation, frame.id, frame.body, line, frame.replyTo);
      case "forward": {
        const body = this.talks.get(frame.source)?.messages[frame.seq - 1]?.body;
        if (body === undefined || !this.talks.has(frame.conversation))
          return void line.out.push({ type: "refused", code: "gone", text: "", retry: false, id: frame.id });
        return this.#store(line.who, frame.conversation, frame.id, body, line, null, true);
      }
      case "received":
        return this.reach(line.who, frame.conversation, frame.seq, 0);
      case "read":
        return this.reach(line.who, frame.conversation, frame.seq, frame.seq);
      case "history":
        return this.#page(line, frame);
      case "changes":
        return this.#changes(line, frame);
      case "edit":
        return this.#asked(line, frame, { body: frame.body, editedAt: "now" });
      case "react":
        return this.#asked(line, frame, { reactions: frame.reaction ? [{ reaction: frame.reaction, people: [ANNA] }] : [] });
      case "settle":
        return this.#asked(line, frame, { documents: [{ name: `document ${frame.number}`, done: frame.done }] });
      case "withdraw":
        return this.#asked(line, frame, { body: "", withdrawnAt: "now" });
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

  #asked(line: Line, { conversation, seq, request }: Asking, change: Partial<StoredMessage>): void {
    if (this.talks.has(conversation)) return this.alter(conversation, seq, change, line, request);
    line.out.push({ type: "refused", code: "gone", text: "", retry: false, request });
  }

  /** Something happens to a message; a withdrawn one stays as it is. */
  alter(talk: string, seq: number, change: Partial<StoredMessage>, asker: Line | null = null, request?: number): void {
    const { messages } = this.#talk(talk);
    const before = messages[seq - 1];
    if (!before) return;
    const message = before.withdrawnAt ? before : { ...before, ...change, rev: ++this.#talk(talk).rev };
    messages[seq - 1] = message;
    const frame = { type: "altered", conversation: talk, rev: message.rev ?? 0, message } as const;
    asker?.out.push(structuredClone({ ...frame, request: request ?? null }));
    if (message !== before) this.#tell(talk, frame, asker);
  }

  views(have: Readonly<Record<string, number>> = {}, revs: Readonly<Record<string, number>> = {}): Conversation[] {
    return [...this.talks.keys()].map((talk) => ({
      ...this.#view(talk, have[talk], revs[talk] ?? 0),
      unread: this.#unread(talk),
    }));
  }

  #unread(talk: string): number {
    const { messages, participants } = this.#talk(talk);
    const read = participants.find((p) => p.person === ANNA)?.read ?? 0;
    return messages.filter((m) => m.sender !== ANNA && m.seq > read).length;
  }


  #view(talk: string, have: number | undefined, known: number): Conversation {
    const { id, participants, messages, rev } = this.#talk(talk);
    const changes = have ? messages.filter((m) => m.seq <= have && (m.rev ?? 0) > known) : [];
    const much = changes.length > CHANGES || known > rev;
    const near = have !== undefined && have <= messages.length && messages.length - have <= MOST_AT_WELCOME && !much;
    return {
      id,
      organisation: "organisation",
      kind: "treatment",
      createdAt: new Date(NOW).toISOString(),
      lastSeq: messages.length,
      participants: participants.map((p) => ({ ...p })),
      messages: structuredClone(near ? messages.slice(have) : messages.slice(-TAIL)),
      rev,
      changes: structuredClone(much ? [] : changes),
      anew: much,
    };
  }

  #store(who: string, talk: string, id: string, body: string, line: Line | null, replyTo?: number | null, forwarded = false): void {
    const { messages } = this.#talk(talk);
    let message = messages.find((m) => m.id === id);
    if (!message) {
      const at = new Date(NOW + messages.length).toISOString();
      message = { seq: messages.length + 1, id, sender: who, at, body, ...(replyTo && { replyTo }), ...(forwarded && { forwarded }) };
      messages.push(message);
      this.#tell(talk, { type: "message", conversation: talk, ...message }, forwarded ? null : line);
    }
    line?.out.push({ type: "ack", id, conversation: talk, seq: message.seq, at: message.at });
  }

  #page(line: Line, frame: ClientFrame & { type: "history" }): void {
    const all = this.talks.get(frame.conversation)?.messages;
    if (!all) return void line.out.push({ type: "refused", code: "gone", text: "", retry: false, request: frame.request });
    const { before, after } = frame;
    const messages =
      before != null ? all.slice(Math.max(0, before - 1 - PAGE), before - 1) : all.slice(after ?? 0, (after ?? 0) + PAGE);
    const { rev } = this.#talk(frame.conversation);
    const { request, conversation } = frame;
    line.out.push(structuredClone({ type: "history", request, conversation, messages, complete: false, rev }));
  }

  #changes(line: Line, { request, conversation, after }: ClientFrame & { type: "changes" }): void {
    const talk = this.talks.get(conversation);
    if (!talk) return void line.out.push({ type: "refused", code: "gone", text: "", retry: false, request });
    const altered = talk.messages.filter((m) => (m.rev ?? 0) > after).sort((a, b) => (a.rev ?? 0) - (b.rev ?? 0));
    const messages = altered.slice(0, CHANGES);
    const complete = altered.length <= CHANGES;
    const rev = complete ? talk.rev : (messages.at(-1)?.rev ?? 0);
    line.out.push(structuredClone({ type: "changes", request, conversation, after, rev, messages, complete }));
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
