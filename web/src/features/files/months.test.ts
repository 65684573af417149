import { expect, it } from "vitest";
import type { Listed } from "../../api/files";
import { months } from "./months";

const listed = (id: string, at: Date): Listed => ({
  file: { id, state: "ready" },
  conversation: "talk",
  seq: 1,
  sender: "anna",
  at: at.toISOString(),
});

it("files stand under their month, the same month of another year apart", () => {
  const all = [listed("c", new Date(2026, 10, 30)), listed("b", new Date(2026, 10, 1)), listed("a", new Date(2025, 10, 9))];
  expect(months(all).map((month) => [month.key, month.files.map((one) => one.file.id)])).toEqual([
    ["2026-11", ["c", "b"]],
    ["2025-11", ["a"]],
  ]);
});

it("what comes later never changes what stands above it", () => {
  const all = Array.from({ length: 9 }, (_, i) => listed(`${i}`, new Date(2026, 10, 25 - 9 * i)));
  const before = months(all.slice(0, 5));
  expect(months(all).slice(0, before.length - 1)).toEqual(before.slice(0, -1));
});
