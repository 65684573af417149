import { expect, it } from "vitest";
import { clock, dayName, shortTime } from "./time";

const now = new Date(2026, 10, 24, 14, 5);
const at = (day: number, month = 10, year = 2026) => new Date(year, month, day, 9, 3);

it("says times as people do", () => {
  expect(clock(at(24))).toBe("09:03");
  expect([at(24), at(23), at(20), at(3), at(3, 10, 2025)].map((d) => shortTime(d, now))).toEqual([
    "09:03",
    "gisteren",
    "vrijdag",
    "3 nov",
    "03-11-2025",
  ]);
  expect([at(24), at(23), at(20), at(3, 0, 2025)].map((d) => dayName(d, now))).toEqual([
    "vandaag",
    "gisteren",
    "vrijdag 20 november",
    "vrijdag 3 januari 2025",
  ]);
});

it("a day is a day when the clock goes back", () => {
  expect(dayName(new Date(2026, 9, 24, 23, 59), new Date(2026, 9, 25, 23, 0))).toBe("gisteren");
});
