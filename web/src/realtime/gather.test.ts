import { expect, it, vi } from "vitest";
import { gather, MOMENT } from "./gather";

it("gives the first at once and the rest of a burst together, in order, losing none", () => {
  vi.useFakeTimers();
  const taken: number[][] = [];
  const gatherer = gather<number>((all) => taken.push([...all]), (ms, run) => void setTimeout(run, ms));
  [1, 2, 3, 4].forEach(gatherer.add);
  expect(taken).toEqual([[1]]);
  vi.advanceTimersByTime(MOMENT);
  expect(taken).toEqual([[1], [2, 3, 4]]);
  gatherer.add(5);
  vi.advanceTimersByTime(3 * MOMENT);
  gatherer.add(6);
  expect(taken.slice(2)).toEqual([[5], [6]]);
  gatherer.add(7);
  gatherer.flush();
  expect(taken.flat()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  vi.useRealTimers();
});
