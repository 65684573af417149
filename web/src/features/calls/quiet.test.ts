import { expect, it } from "vitest";
import { isQuiet } from "./quiet";

const at = (hours: number, minutes = 0) => new Date(2026, 10, 25, hours, minutes);

it("is quiet from the one until the other, also past midnight", () => {
  expect([8, 9, 12, 16].map((hour) => isQuiet([9 * 60, 16 * 60], at(hour)))).toEqual([false, true, true, false]);
  expect([21, 22, 23, 0, 6, 7].map((hour) => isQuiet([22 * 60, 7 * 60], at(hour)))).toEqual([false, true, true, true, true, false]);
});

it("is never quiet for who chose no hours", () => {
  expect(isQuiet([], at(3))).toBe(false);
  expect(isQuiet([60, 60], at(1))).toBe(false);
});
