import { expect, it } from "vitest";
import type { Call, Seat } from "../../api/protocol";
import { ANNA, BRAM, PETRA, TALK, person } from "../../testing/cast";
import { leaving } from "./leaving";

const seat = (who: string, state: Seat["state"] = "in"): Seat => ({ person: who, state });
const people = [person(ANNA, "client"), person(BRAM), person(PETRA, "planner")];
const call = (...seats: Seat[]): Call => ({ id: "call", conversation: TALK, startedBy: BRAM, startedAt: "", media: "mesh", seats, people });

it("ends the call when no other staff are in it, or away for a moment", () => {
  expect(leaving(call(seat(BRAM), seat(ANNA)), BRAM, true)).toEqual({ others: [ANNA], ends: true });
  expect(leaving(call(seat(BRAM), seat(ANNA), seat(PETRA, "away")), BRAM, true)).toEqual({ others: [ANNA, PETRA], ends: false });
});

it("ends nothing when a client leaves", () => {
  expect(leaving(call(seat(BRAM), seat(ANNA)), ANNA, false)).toEqual({ others: [BRAM], ends: false });
});
