import { describe, expect, it } from "vitest";
import type { Call, ServerFrame } from "../api/protocol";
import { ANNA, BRAM, NOW, PETRA, TALK, both, pending, person, run, seqs, stored, talk, welcome, welcomed } from "../testing/cast";
import { EMPTY, type State } from "../state/state";
import { apply, type Event } from "./apply";

const after = (state: State, ...events: Event[]) => events.reduce((now, event) => apply(now, event, NOW), state);
const message = (seq: number, sender = BRAM, id = `m${seq}`): ServerFrame => ({
  type: "message",
  conversation: TALK,
  ...stored(seq, sender, id),
});
const written = (id: string): Event => ({ type: "written", pending: pending(id) });
const ack = (id: string, seq: number): ServerFrame => ({ type: "ack", id, conversation: TALK, seq, at: stored(seq).at });
const page = (from: number, to: number): ServerFrame => ({
  type: "history",
  request: 1,
  conversation: TALK,
  messages: run(from, to),
  complete: false,
});

describe("who is named in what is held", () => {
  const known = welcomed(talk([stored(1, "left"), stored(2)]));
  const state = { ...known, people: { ...known.people, left: person("left"), other: person("other") } };

  it("is known after a welcome that does not tell of them, and nobody else is", () => {
    expect(Object.keys(after(state, welcome([talk([], { lastSeq: 2 })])).people).sort()).toEqual([ANNA, BRAM, PETRA, "left"].sort());
  });

  it("is not, where the conversation is gone", () => {
    expect(after(state, welcome([])).people["left"]).toBeUndefined();
  });
});

describe("a new message", () => {
  it("stands at the end", () => {
    expect(seqs(after(welcomed(talk(run(1, 3))), message(4)))).toEqual([1, 2, 3, 4]);
  });

  it("that is already there changes nothing (law 1)", () => {
    const state = after(welcomed(talk(run(1, 2))), message(3));
    expect(after(state, message(2))).toEqual(state);
  });

  it("is nobody's receipt, its sender's neither: it may have waited for a line", () => {
    const state = after(welcomed(talk(run(1, 2))), message(3), written("mine"), ack("mine", 4), page(1, 2));
    expect(state.conversations[TALK]?.participants).toEqual(both(0, 0));
  });

  it("above a gap is not shown, but known to be missing (law 2)", () => {
    const state = after(welcomed(talk(run(1, 3))), message(6));
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(state.conversations[TALK]?.lastSeq).toBe(6);
  });

  it("shows with the rest once the gap is filled", () => {
    expect(seqs(after(welcomed(talk(run(1, 3))), message(6), page(4, 6)))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("of a conversation one is not in is not kept", () => {
    const state = welcomed();
    expect(after(state, message(1))).toBe(state);
  });

  it("ends its sender's typing", () => {
    const typing: ServerFrame = { type: "typing", conversation: TALK, person: BRAM };
    const state = after(welcomed(talk(run(1, 1))), typing);
    expect(Object.keys(state.typing[TALK] ?? {})).toEqual([BRAM]);
    expect(Object.keys(after(state, message(2)).typing[TALK] ?? {})).toEqual([]);
  });
});

describe("a message of one's own", () => {
  it("is pending until acknowledged, and then stands in its place", () => {
    const state = after(welcomed(talk(run(1, 2))), written("mine"));
    expect(state.pending).toHaveLength(1);
    const done = after(state, ack("mine", 3));
    expect(done.pending).toEqual([]);
    expect(done.conversations[TALK]?.messages.at(-1)).toMatchObject({ seq: 3, id: "mine", sender: ANNA, body: "body of mine" });
  });

  it("acknowledged above a gap waits there, and is not lost", () => {
    const state = after(welcomed(talk(run(1, 2))), written("mine"), ack("mine", 4));
    expect(state.pending).toMatchObject([{ id: "mine", status: "stored" }]);
    const filled = [stored(3), stored(4, ANNA, "mine")];
    const done = after(state, { type: "history", request: 1, conversation: TALK, messages: filled, complete: true });
    expect(done.pending).toEqual([]);
    expect(seqs(done)).toEqual([1, 2, 3, 4]);
  });

  it("found in the welcome is no longer pending (its ack was lost)", () => {
    const state = after(welcomed(talk(run(1, 2))), written("mine"));
    const done = after(state, welcome([talk([stored(3, ANNA, "mine")])]));
    expect(done.pending).toEqual([]);
    expect(seqs(done)).toEqual([1, 2, 3]);
  });

  it("stays pending over a welcome that does not have it", () => {
    const state = after(welcomed(talk(run(1, 2))), written("mine"), welcome([talk([])]));
    expect(state.pending).toHaveLength(1);
  });

  it("refused stays with the reason, and can be tried again under the same id", () => {
    const no: ServerFrame = { type: "refused", code: "closed", text: "Gesloten", retry: false, id: "mine" };
    const state = after(welcomed(talk([])), written("mine"), no);
    expect(state.pending).toMatchObject([{ id: "mine", status: "refused", text: "Gesloten" }]);
    expect(after(state, { type: "again", id: "mine" }).pending).toEqual([pending("mine")]);
    expect(after(state, { type: "discarded", id: "mine" }).pending).toEqual([]);
  });

  it("refused for a reason that passes keeps waiting", () => {
    const later: ServerFrame = { type: "refused", code: "unavailable", text: "Straks", retry: true, id: "mine" };
    expect(after(welcomed(talk([])), written("mine"), later).pending).toEqual([pending("mine")]);
  });

  it("that is overdue is late until it is tried again, refused, stored or said on a new line", () => {
    const late = after(welcomed(talk([])), written("mine"), { type: "overdue", ids: ["mine"] });
    expect(late.pending).toEqual([pending("mine", { late: true })]);
    expect(after(late, { type: "again", id: "mine" }).pending).toEqual([pending("mine")]);
    expect(after(late, welcome([talk([])])).pending).toEqual([pending("mine")]);
    const no: ServerFrame = { type: "refused", code: "closed", text: "Gesloten", retry: false, id: "mine" };
    expect(after(late, no).pending).toEqual([pending("mine", { status: "refused", text: "Gesloten" })]);
    expect(after(late, ack("mine", 9)).pending).toEqual([pending("mine", { status: "stored" })]);
    expect(after(late, ack("mine", 9), { type: "overdue", ids: ["mine"] }).pending).toEqual([pending("mine", { status: "stored" })]);
  });

  it("that is late can be taken back, and is shown after all when it did arrive", () => {
    const late = after(welcomed(talk([])), written("mine"), { type: "overdue", ids: ["mine"] });
    const taken = after(late, { type: "discarded", id: "mine" });
    expect(taken.pending).toEqual([]);
    expect(after(taken, ack("mine", 1)).conversations[TALK]?.lastSeq).toBe(1);
  });

  it("cannot be thrown away while it may still arrive", () => {
    expect(after(welcomed(talk([])), written("mine"), { type: "discarded", id: "mine" }).pending).toHaveLength(1);
  });
});

describe("a welcome", () => {
  it("adds what is above what the device has", () => {
    expect(seqs(after(welcomed(talk(run(1, 3))), welcome([talk(run(4, 6))])))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("replaces what the device has when it does not connect", () => {
    expect(seqs(after(welcomed(talk(run(1, 3))), welcome([talk(run(50, 60))])))).toEqual(run(50, 60).map((m) => m.seq));
  });

  it("without messages keeps what the device has", () => {
    expect(seqs(after(welcomed(talk(run(1, 3))), welcome([talk([], { lastSeq: 3 })])))).toEqual([1, 2, 3]);
  });

  it("that knows less (a server restored from a back-up) is believed", () => {
    const state = after(welcomed(talk(run(1, 9))), welcome([talk(run(4, 5))]));
    expect(seqs(state)).toEqual([4, 5]);
    expect(state.conversations[TALK]?.lastSeq).toBe(5);
  });

  it("without a conversation removes it, and what was waiting in it", () => {
    const state = after(welcomed(talk(run(1, 3))), written("mine"), welcome([]));
    expect(state.conversations).toEqual({});
    expect(state.pending).toEqual([]);
  });

  it("for somebody else begins from nothing", () => {
    const state = after(welcomed(talk(run(1, 3))), written("mine"), welcome([talk([], { lastSeq: 3 })], PETRA));
    expect(seqs(state)).toEqual([]);
    expect(state.pending).toEqual([]);
  });
});

describe("a receipt", () => {
  const receipt = (delivered: number, read: number): ServerFrame => ({
    type: "receipt",
    conversation: TALK,
    person: BRAM,
    delivered,
    read,
  });

  it("raises, and never lowers (law 3)", () => {
    const state = after(welcomed(talk(run(1, 5), { participants: both(2, 1) })), receipt(5, 3), receipt(4, 4), receipt(1, 1));
    expect(state.conversations[TALK]?.participants[1]).toEqual({ person: BRAM, delivered: 5, read: 4 });
  });

  it("is not lowered by a welcome either", () => {
    const state = after(welcomed(talk(run(1, 5))), receipt(5, 5), welcome([talk([], { lastSeq: 5 })]));
    expect(state.conversations[TALK]?.participants[1]).toEqual({ person: BRAM, delivered: 5, read: 5 });
  });
});

describe("a page of history", () => {
  it("joins below", () => {
    expect(seqs(after(welcomed(talk(run(4, 6))), page(1, 3)))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("that overlaps is joined once", () => {
    expect(seqs(after(welcomed(talk(run(4, 6))), page(2, 5)))).toEqual([2, 3, 4, 5, 6]);
  });

  it("that would leave a gap is not taken", () => {
    expect(seqs(after(welcomed(talk(run(4, 6))), page(1, 2)))).toEqual([4, 5, 6]);
  });
});

describe("a changed conversation", () => {
  const changed = (messages = run(1, 1), contacts: string[] = []): ServerFrame => ({
    type: "conversation",
    conversation: talk(messages),
    people: [person(ANNA, "client"), person(PETRA, "planner")],
    contacts,
  });

  it("that is new is there, with its people", () => {
    const state = after(welcomed(), changed());
    expect(seqs(state)).toEqual([1]);
    expect(state.people[PETRA]?.firstName).toBe("Petra");
  });

  it("brings the contacts that the server names, and nobody else who is in it", () => {
    const told = welcome([]);
    const staff = { ...told, organisations: told.organisations.map((o) => ({ ...o, role: "planner" as const })) };
    expect(after(EMPTY, staff, changed()).contacts).toEqual([BRAM]);
    expect(after(EMPTY, staff, changed(undefined, [ANNA, BRAM, PETRA])).contacts).toEqual([BRAM, PETRA]);
  });

  it("that is gone is removed from the device", () => {
    const state = after(welcomed(talk(run(1, 3))), written("mine"), { type: "gone", conversation: TALK });
    expect(state).toMatchObject({ conversations: {}, pending: [], typing: {} });
  });
});

describe("typing", () => {
  it("holds for six seconds", () => {
    const state = after(welcomed(talk([])), { type: "typing", conversation: TALK, person: BRAM });
    expect(apply(state, { type: "quiet" }, NOW + 5_900).typing).not.toEqual({});
    expect(apply(state, { type: "quiet" }, NOW + 6_100).typing).toEqual({});
  });
});

it("every event applied twice is applied once (law 5)", () => {
  const events: Event[] = [
    welcome([talk(run(1, 3))]),
    message(4),
    message(7),
    written("mine"),
    ack("mine", 8),
    page(5, 7),
    { type: "receipt", conversation: TALK, person: BRAM, delivered: 4, read: 2 },
    { type: "conversation", conversation: talk(run(5, 9)), people: [person(PETRA, "planner")] },
    { type: "gone", conversation: TALK },
  ];
  let state = EMPTY;
  for (const event of events) {
    state = apply(state, event, NOW);
    expect(apply(state, event, NOW), event.type).toEqual(state);
  }
});

describe("what kind a message is", () => {
  it("is kept, and nobody's message is nobody's receipt", () => {
    const state = after(welcomed(talk(run(1, 1))), { ...message(2, "nobody"), kind: "auto" } as ServerFrame);
    expect(state.conversations[TALK]?.messages.at(-1)).toEqual({ ...stored(2, "nobody"), kind: "auto" });
    expect(state.conversations[TALK]?.participants).toEqual(both());
  });
});

describe("when people answer", () => {
  const bram = { of: BRAM, organisation: "organisation", zone: "Europe/Amsterdam", week: [], openings: [] };
  const notice = { organisation: "organisation", nl: "Bel ons." };

  it("comes with the welcome, and a change replaces all of it", () => {
    const told = { ...welcome([talk([])]), availability: [bram], notices: [notice] };
    const state = after(EMPTY, told);
    expect([state.availability, state.notices]).toEqual([[bram], [notice]]);
    const change: ServerFrame = { type: "availability", availability: [{ ...bram, promise: 60 }] };
    expect(after(state, change)).toEqual(after(EMPTY, { ...told, ...{ availability: [{ ...bram, promise: 60 }], notices: [] } }));
  });

  it("goes with the person", () => {
    const state = after(EMPTY, { ...welcome([talk([])]), availability: [bram] });
    expect(after(state, welcome([talk([])])).availability).toEqual([]);
  });
});

describe("a mute", () => {
  const until = "2026-11-25T15:00:00Z";

  it("is known from the welcome, and changes on all devices", () => {
    const told = { ...welcome([talk([])]), mutes: [{ conversation: TALK, until }] };
    const state = after(EMPTY, told);
    expect(state.mutes).toEqual({ [TALK]: until });
    expect(after(state, { type: "muted", conversation: TALK }).mutes).toEqual({});
    expect(after(after(EMPTY, welcome([talk([])])), { type: "muted", conversation: TALK, until })).toEqual(state);
  });
});

it("a client whom one meets nowhere else is no contact any more when the conversation is gone", () => {
  const told = welcome([talk([]), talk([], { id: "other", participants: [{ person: PETRA, delivered: 0, read: 0 }] })], BRAM);
  const state = after(EMPTY, { ...told, contacts: [ANNA, PETRA] });
  expect(after(state, { type: "gone", conversation: TALK }).contacts).toEqual([PETRA]);
  const elsewhere = after(EMPTY, { ...welcome([talk([]), talk([], { id: "other" })], BRAM), contacts: [ANNA] });
  expect(after(elsewhere, { type: "gone", conversation: TALK }).contacts).toEqual([ANNA]);
});

describe("a safety plan", () => {
  const told = (version: number, organisation = "organisation"): ServerFrame => ({ type: "plan", organisation, client: ANNA, version });

  it("has the highest version that was told of, in each organisation by itself", () => {
    const state = after(after(after(welcomed(), told(3)), told(2)), told(1, "elsewhere"));
    expect(state.plans).toEqual({ "organisation/anna": 3, "elsewhere/anna": 1 });
    expect(after(state, told(3))).toBe(state);
  });

  it("is forgotten with the person", () => {
    expect(after(after(welcomed(), told(3)), welcome([], BRAM)).plans).toEqual({});
  });
});

describe("calls that go on", () => {
  const guest = person("guest");
  const call = (over: Partial<Call> = {}): Call => ({
    id: "call",
    conversation: TALK,
    startedBy: BRAM,
    startedAt: "2026-11-24T13:05:00Z",
    media: "mesh",
    seats: [{ person: BRAM, state: "in" }],
    people: [person(BRAM), guest],
    ...over,
  });
  const told = (over: Partial<Call> = {}): ServerFrame => ({ type: "call", call: call(over) });

  it("are as they were told of last, and who is in them is known", () => {
    const state = after(welcomed(talk([])), told(), told({ media: "sfu" }));
    expect(Object.values(state.calls).map(({ media }) => media)).toEqual(["sfu"]);
    expect(state.people["guest"]).toEqual(guest);
  });

  it("are replaced by a welcome", () => {
    const state = after(after(welcomed(talk([])), told()), { ...welcome([talk([])]), calls: [call({ id: "other" })] });
    expect(Object.keys(state.calls)).toEqual(["other"]);
    expect(after(state, welcome([talk([])])).calls).toEqual({});
  });

  it("go when they end, and with their conversation", () => {
    const state = after(welcomed(talk([])), told());
    expect(after(state, { type: "call_ended", call: "call", conversation: TALK }).calls).toEqual({});
    expect(after(state, { type: "call_ended", call: "unknown", conversation: TALK }).calls).toEqual(state.calls);
    expect(after(state, { type: "gone", conversation: TALK }).calls).toEqual({});
  });
});
