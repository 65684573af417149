import { expect, it } from "vitest";
import { ANNA, BRAM, pending, run, stored } from "../../testing/cast";
import { days } from "./days";

it("groups by sender, and by a pause", () => {
  const late = { ...stored(4), at: "2026-11-24T13:45:00Z" };
  const [day] = days([stored(1), stored(2), stored(3, ANNA), late], [], ANNA, null);
  expect(day?.groups.map((g) => [g.sender, g.lines.length])).toEqual([[BRAM, 2], [ANNA, 1], [BRAM, 1]]);
});

it("begins a new day where the date changes", () => {
  const before = { ...stored(1), at: "2026-11-22T12:00:00Z" };
  expect(days([before, stored(2)], [], ANNA, null)).toHaveLength(2);
});

it("begins a new group at the first unread message", () => {
  const [day] = days(run(1, 4), [], ANNA, 3);
  expect(day?.groups.map((g) => [g.unread, g.lines.length])).toEqual([[false, 2], [true, 2]]);
});

it("keeps an automatic reply and an event apart from what people write, and from each other", () => {
  const nobody = "00000000-0000-0000-0000-000000000000";
  const kinds = [stored(1), { ...stored(2, nobody), kind: "auto" as const }, { ...stored(3, nobody), kind: "event" as const }];
  expect(days(kinds, [], ANNA, null)[0]?.groups.map((g) => g.kind)).toEqual(["text", "auto", "event"]);
});

it("puts what is pending at the end, as one's own", () => {
  const [day] = days(run(1, 2), [pending("mine")], ANNA, null);
  expect(day?.groups.at(-1)).toMatchObject({ sender: ANNA, lines: [{ id: "mine", stored: null }] });
});
