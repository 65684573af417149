import { expect, it } from "vitest";
import type { Seat } from "../../api/protocol";
import { changes } from "./changes";

const seat = (person: string, state: Seat["state"]): Seat => ({ person, state });

it("tells who came, went, waits and lost the line, and nothing of oneself", () => {
  const before = [seat("me", "in"), seat("bram", "in"), seat("petra", "away"), seat("mei", "waiting")];
  const now = [seat("me", "away"), seat("bram", "away"), seat("petra", "in"), seat("anna", "waiting"), seat("joris", "in")];
  expect(changes(before, now, "me")).toEqual([
    { person: "bram", what: "calls.saidAway" },
    { person: "petra", what: "calls.saidBack" },
    { person: "anna", what: "calls.saidWaits" },
    { person: "joris", what: "calls.saidCame" },
  ]);
  expect(changes(now, [seat("me", "in")], "me").map(({ what }) => what)).toEqual(["calls.saidWent", "calls.saidWent", "calls.saidWent"]);
});

it("tells nothing when nothing changed", () => {
  const same = [seat("bram", "in")];
  expect(changes(same, [seat("bram", "in")], "me")).toEqual([]);
});
