// @vitest-environment happy-dom
import { expect, it } from "vitest";
import type { Call, Seat } from "../../api/protocol";
import { largeOf, shownIn } from "./shown";

const seat = (person: string, over: Partial<Seat> = {}): Seat => ({ person, state: "in", device: `${person}-device`, ...over });
const call = (...seats: Seat[]): Call => ({ id: "c", conversation: "t", startedBy: "bram", startedAt: "", media: "mesh", seats, people: [] });

it("shows who is in the call and not oneself, nor who waits", () => {
  const shown = shownIn(call(seat("anna"), seat("bram"), seat("petra", { state: "away" }), seat("mei", { state: "waiting" })), "anna");
  expect(shown.map(({ key }) => key)).toEqual(["bram", "petra"]);
});

it("a screen stands large, else who speaks, else who came first", () => {
  const two = shownIn(call(seat("bram"), seat("petra")), "anna");
  expect(largeOf(two, null)?.key).toBe("bram");
  expect(largeOf(two, "petra-device")?.key).toBe("petra");
  expect(largeOf(two, "of somebody who left")?.key).toBe("bram");
  const shared = shownIn(call(seat("bram"), seat("petra", { screen: true })), "anna");
  expect(largeOf(shared, "bram-device")?.key).toBe("petra-screen");
  expect(largeOf([], null)).toBeUndefined();
});
