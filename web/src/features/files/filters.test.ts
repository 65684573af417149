import { expect, it } from "vitest";
import { ALL, beginOf, fromAddress, KINDS, PERIODS, toAddress, wantedBy } from "./filters";

const now = new Date(2026, 10, 25, 14, 5);

it("an address gives the filters that made it", () => {
  for (const kind of KINDS)
    for (const period of PERIODS) {
      const filters = { conversation: "c-1", kind, person: "p-1", period };
      expect(fromAddress(new URL(toAddress(filters), "http://zorg").search)).toEqual(filters);
    }
});

it("what nobody made is all", () => {
  expect(fromAddress("?soort=onzin&wanneer=ooit&x=1")).toEqual(ALL);
  expect(toAddress(ALL)).toBe("/bestanden");
});

it("asks the server for what was chosen and nothing more", () => {
  expect(wantedBy(ALL, "  ", now)).toEqual({});
  expect(wantedBy({ ...ALL, kind: "pdf", period: "maand" }, " brief ", now)).toEqual({
    kind: "pdf",
    since: new Date(2026, 10, 1).toISOString(),
    name: "brief",
  });
});

it("a week begins on Monday, also on a Sunday and over the end of a month", () => {
  expect(beginOf("week", now)).toEqual(new Date(2026, 10, 23));
  expect(beginOf("week", new Date(2026, 10, 29, 23))).toEqual(new Date(2026, 10, 23));
  expect(beginOf("week", new Date(2026, 11, 1))).toEqual(new Date(2026, 10, 30));
  expect(beginOf("jaar", now)).toEqual(new Date(2026, 0, 1));
});
