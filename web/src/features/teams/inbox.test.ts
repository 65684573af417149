import { describe, expect, it } from "vitest";
import { ANNA, BRAM, NOW, PETRA, stored, talk, welcomed } from "../../testing/cast";
import { apply } from "../../realtime/apply";
import type { Conversation } from "../../api/protocol";
import { inboxOf, isLate, shelf, type Shelf } from "./inbox";

const people = [ANNA, BRAM].map((person) => ({ person, delivered: 0, read: 0 }));

function one(id: string, over: Partial<Conversation>): Conversation {
  return talk([stored(1)], { id, team: "planning", client: BRAM, kind: "planning", participants: people, case: {}, ...over });
}

const since = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

describe("a team's inbox", () => {
  const state = welcomed(
    one("quiet", {}),
    one("short", { case: { waitingSince: since(5), assignee: ANNA } }),
    one("long", { case: { waitingSince: since(500), answerBy: since(20) } }),
    one("done", { case: { handledAt: since(1) } }),
    one("as-client", { client: ANNA }),
    one("another", { team: "support" }),
  );
  const inbox = inboxOf(state, "planning");
  const ids = (which: Shelf) => shelf(state, inbox, which, new Date(NOW)).map((held) => held.id);

  it("puts who waits longest first, and what is handled apart", () => {
    expect(ids("open")).toEqual(["long", "short", "quiet"]);
    expect(ids("late")).toEqual(["long"]);
    expect(ids("mine")).toEqual(["short"]);
    expect(ids("handled")).toEqual(["done"]);
  });

  it("knows what is late by the promise", () => {
    expect(inbox.filter((held) => isLate(held, new Date(NOW))).map((held) => held.id)).toEqual(["long"]);
  });

  it("follows where a case stands", () => {
    const later = apply(state, { type: "case", conversation: "long", case: { assignee: PETRA } }, NOW);
    expect(shelf(later, inboxOf(later, "planning"), "open", new Date(NOW)).map((held) => held.id)[0]).toBe("short");
  });
});
