import { describe, expect, it } from "vitest";
import { apply } from "../realtime/apply";
import { ANNA, BRAM, NOW, PETRA, TALK, both, pending, person, run, stored, talk, welcomed } from "../testing/cast";
import { conversationWith, forwardTargets, isStaff, matches, mayStartCall, newestFirst, reachByPerson, reachOf, titleOf, unreadIn } from "./select";
import type { Held } from "./state";

const held = (state: ReturnType<typeof welcomed>) => state.conversations[TALK] as Held;

describe("forwarding", () => {
  it("keeps with colleagues what is for them only", () => {
    const kinds = ["treatment", "internal", "group", "notes"] as const;
    const state = welcomed(...kinds.flatMap((kind) => [1, 2].map((n) => ({ ...talk(run(1, 1)), id: `${kind}${n}`, kind }))));
    const leads = (from: string) => forwardTargets(state, state.conversations[from] as Held, 1).map((one) => one.id).sort();
    expect(leads("notes1")).toEqual([]);
    expect(leads("internal1")).toEqual(["internal2"]);
    expect(leads("group1")).toContain("group2");
  });

  it("is to nobody who came later to the source, without what was before", () => {
    const late = both().map((p) => (p.person === BRAM ? { ...p, above: 2 } : p));
    const state = welcomed(talk(run(1, 3), { participants: late }), { ...talk([]), id: "other" });
    const targets = (seq: number) => forwardTargets(state, held(state), seq).map((one) => one.id);
    expect([targets(2), targets(3)]).toEqual([[], ["other"]]);
  });
});

describe("unread", () => {
  it("counts messages of others above what was read", () => {
    const messages = [...run(1, 3), stored(4, ANNA), stored(5)];
    const state = welcomed(talk(messages, { participants: both(0, 2) }));
    expect(unreadIn(state, held(state))).toBe(2);
  });

  it("does not count automatic replies and events", () => {
    const messages = [stored(1), { ...stored(2, "nil"), kind: "auto" as const }, { ...stored(3, "nil"), kind: "event" as const }];
    const state = welcomed(talk(messages));
    expect(unreadIn(state, held(state))).toBe(1);
  });

  it("counts messages that are not held, of others only, as the server counted them", () => {
    const state = welcomed(talk(run(91, 100), { participants: both(0, 80), unread: 17 }));
    expect(unreadIn(state, held(state))).toBe(17);
    expect(unreadIn(state, held(state), 85)).toBe(15);
    expect(unreadIn(state, held(state), 95)).toBe(5);
  });

  it("stays the same when what was not held is fetched", () => {
    const state = welcomed(talk(run(91, 100), { participants: both(0, 80), unread: 17 }));
    const messages = [...run(71, 82), ...run(83, 85, ANNA), ...run(86, 90)];
    const fetched = { type: "history", request: 1, conversation: TALK, messages, complete: false } as const;
    const more = apply(state, fetched, NOW);
    expect([unreadIn(more, held(more)), held(more).unreadBefore]).toEqual([17, 0]);
  });

  it("does not grow by what one writes oneself, on a device that holds only that", () => {
    const state = welcomed(talk(run(9, 9, ANNA), { participants: both(0, 4), unread: 0 }));
    expect(unreadIn(state, held(state))).toBe(0);
  });

  it("goes down at once when reading is said, before the server answers", () => {
    const state = welcomed(talk(run(1, 5)));
    expect(unreadIn(state, held(state), 5)).toBe(0);
  });
});

it("how far a message came to each of several others, and to nobody who came after it", () => {
  const participants = [...both(3, 3), { person: PETRA, delivered: 2, read: 1 }, { person: "later", delivered: 3, read: 3, above: 2 }];
  const talked = welcomed(talk(run(1, 3, ANNA), { participants }));
  const state = { ...talked, people: { ...talked.people, [PETRA]: person(PETRA), later: person("later") } };
  const told = (seq: number) => reachByPerson(state, held(state), stored(seq, ANNA)).map((one) => [one.person.id, one.reach]);
  expect(told(2)).toEqual([[BRAM, "read"], [PETRA, "delivered"]]);
  expect(told(3)).toEqual([[BRAM, "read"], ["later", "read"], [PETRA, "sent"]]);
});

describe("how far a message came", () => {
  const at = (delivered: number, read: number) => {
    const state = welcomed(talk(run(1, 3, ANNA), { participants: [...both().slice(0, 1), { person: BRAM, delivered, read }] }));
    return reachOf(state, held(state), stored(2, ANNA));
  };
  it("is told by the other's receipts", () => {
    expect([at(1, 1), at(2, 1), at(3, 2)]).toEqual(["sent", "delivered", "read"]);
  });

  it("is not that of who is away while somebody stands in", () => {
    const away = { of: BRAM, organisation: "organisation", zone: "", week: [], openings: [], absentUntil: "2026-12-01" };
    const participants = [{ person: ANNA, delivered: 3, read: 3 }, { person: BRAM, delivered: 1, read: 1 }, { person: "fatima", delivered: 3, read: 3 }];
    const state = { ...welcomed(talk(run(1, 3, ANNA), { participants })), availability: [away] };
    expect(reachOf(state, held(state), stored(2, ANNA))).toBe("read");
  });

  it("is, of several others, that of the least far", () => {
    const participants = [...both(3, 3), { person: "petra", delivered: 1, read: 0 }];
    const state = welcomed(talk(run(1, 3, ANNA), { participants }));
    expect(reachOf(state, held(state), stored(2, ANNA))).toBe("sent");
  });
});

it("the newest conversation stands first, and what is pending counts", () => {
  const older = talk(run(1, 1), { id: "older" });
  const state = welcomed(older, talk(run(1, 9)));
  expect(newestFirst(state).map((h) => h.id)).toEqual([TALK, "older"]);
  const waiting = pending("x", { conversation: "older", at: new Date(NOW + 60_000).toISOString() });
  expect(newestFirst(apply(state, { type: "written", pending: waiting }, NOW))[0]?.id).toBe("older");
});

it("a conversation is named after the others", () => {
  const state = welcomed(talk([]));
  expect(titleOf(state, held(state))).toBe("Bram Test");
  expect(conversationWith(state, BRAM)?.id).toBe(TALK);
  expect(isStaff(state)).toBe(false);
});

it("a search finds words in any order, without regard to accents", () => {
  expect(matches("Fatima Yılmaz", "yilm")).toBe(false);
  expect(matches("René van Dún", "dun rene")).toBe(true);
  expect(matches("René", "x")).toBe(false);
});

describe("a video call", () => {
  const staff = (over: Partial<Held> = {}, role: "client" | "practitioner" = "practitioner") => {
    const state = { ...welcomed(talk([])), organisations: [{ id: "organisation", name: "Praktijk", role, accent: "#0b6b3a" }] };
    return mayStartCall(state, { ...held(state), ...over });
  };

  it("is started by staff, never by a client", () => {
    expect(staff()).toBe(true);
    expect(staff({}, "client")).toBe(false);
    expect(staff({ organisation: "elsewhere" })).toBe(false);
    expect(staff({ client: ANNA })).toBe(false);
  });

  it("is started where somebody can be called", () => {
    expect(staff({ kind: "group" })).toBe(true);
    expect(staff({ closed: true })).toBe(false);
    expect(staff({ kind: "notes" })).toBe(false);
    expect(staff({ participants: [{ person: ANNA, delivered: 0, read: 0 }] })).toBe(false);
  });
});
