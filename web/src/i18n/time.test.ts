import { expect, it } from "vitest";
import { clock, dayName, dayOf, monthName, shortTime, soon, weekdayName } from "./time";

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

it("names months as people do", () => {
  expect([monthName(at(24), now), monthName(at(3, 0, 2025), now)]).toEqual(["november", "januari 2025"]);
});

it("a day is a day when the clock goes back", () => {
  expect(dayName(new Date(2026, 9, 24, 23, 59), new Date(2026, 9, 25, 23, 0))).toBe("gisteren");
});

it("says what is to come as people do", () => {
  const then = (day: number, month = 10) => new Date(2026, month, day, 9, 0);
  expect([then(24), then(25), then(27), then(30), then(1, 11)].map((d) => soon(d, now))).toEqual([
    "vandaag 9:00 uur",
    "morgen 9:00 uur",
    "vrijdag 9:00 uur",
    "maandag 9:00 uur",
    "dinsdag 1 december 9:00 uur",
  ]);
});

it("names a day that the server writes, and the days of the week", () => {
  expect([dayOf("2026-12-05", now), dayOf("2027-01-04", now), dayOf("")]).toEqual(["5 december", "4 januari 2027", ""]);
  expect([weekdayName(0), weekdayName(6)]).toEqual(["maandag", "zondag"]);
});
