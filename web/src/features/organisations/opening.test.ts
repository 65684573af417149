import { describe, expect, it } from "vitest";
import type { Availability } from "../../api/protocol";
import { answerBy, changesAt, expected, spansOf } from "./opening";

const at = (text: string) => Date.parse(`2026-11-${text}:00Z`);

const one = (openings: [string, string][], over: Partial<Availability> = {}): Availability => ({
  of: "bram",
  organisation: "organisation",
  zone: "Europe/Amsterdam",
  week: [],
  openings: openings.map(([start, end]) => ({ start: new Date(at(start)).toISOString(), end: new Date(at(end)).toISOString() })),
  ...over,
});

const MORNING = one([["24T08:00", "24T11:00"], ["25T08:00", "25T11:00"]]);
const AFTERNOON = one([["24T10:00", "24T16:00"]]);

describe("what may be expected", () => {
  it("is open until the end of the opening, the end not included", () => {
    expect(expected([MORNING], at("24T08:00"))).toEqual({ open: true, until: at("24T11:00"), by: null });
    expect(expected([MORNING], at("24T11:00"))).toEqual({ open: false, from: at("25T08:00"), by: null });
  });

  it("is open when any of several is", () => {
    expect(expected([MORNING, AFTERNOON], at("24T09:00"))).toEqual({ open: true, until: at("24T16:00"), by: null });
  });

  it("is not known when nothing opens any more", () => {
    expect(expected([AFTERNOON], at("25T00:00"))).toEqual({ open: false, from: null, by: null });
    expect(expected([], at("25T00:00"))).toEqual({ open: false, from: null, by: null });
  });

  it("tells by when, of several promises by the longest", () => {
    const quick = { ...MORNING, promise: 60 };
    const slow = { ...AFTERNOON, promise: 240 };
    expect(expected([quick], at("24T10:30")).by).toBe(at("25T08:30"));
    expect(expected([quick, slow], at("24T09:00")).by).toBe(at("24T13:00"));
  });
});

it("a promise is kept in just so many open minutes", () => {
  const spans = spansOf([MORNING], at("24T07:00"));
  expect(answerBy(spans, at("24T07:00"), 180)).toBe(at("24T11:00"));
  expect(answerBy(spans, at("24T07:00"), 181)).toBe(at("25T08:01"));
  expect(answerBy(spans, at("24T07:00"), 361)).toBe(null);
});

it("changes by itself at the next beginning or end", () => {
  expect(changesAt([MORNING], at("24T07:00"))).toBe(at("24T08:00"));
  expect(changesAt([MORNING], at("24T08:00"))).toBe(at("24T11:00"));
  expect(changesAt([MORNING], at("25T11:00"))).toBe(null);
});
