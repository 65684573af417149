import { expect, it } from "vitest";
import { ALL, firstDay, fromAddress, KINDS, PERIODS, toAddress, wantedBy } from "./filters";

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
    since: "2026-11-01",
    name: "brief",
  });
});

it("a week begins on Monday, also on a Sunday and over the end of a month", () => {
  expect(firstDay("week", now)).toBe("2026-11-23");
  expect(firstDay("week", new Date(2026, 10, 29, 23))).toBe("2026-11-23");
  expect(firstDay("week", new Date(2026, 11, 1))).toBe("2026-11-30");
  expect(firstDay("jaar", now)).toBe("2026-01-01");
});
