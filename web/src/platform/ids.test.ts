import { expect, it } from "vitest";
import { newId } from "./ids";

it("makes UUIDs of version 7 that sort by time", () => {
  const first = newId(Date.parse("2026-11-24T13:05:00Z"));
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(first.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.parse("2026-11-24T13:05:00Z"));
  expect(newId() > first || newId(Date.now()) < first).toBe(true);
  expect(new Set(Array.from({ length: 1_000 }, () => newId())).size).toBe(1_000);
});
