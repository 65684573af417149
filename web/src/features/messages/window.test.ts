import { describe, expect, it } from "vitest";
import { run } from "../../testing/cast";
import { CHUNK, MOST, atEnd, down, opening, trimmed, up, within, type Window } from "./window";

describe("the window on a conversation of ten thousand", () => {
  const size = (window: Window) => (window.to ?? 10_000) - window.from + 1;

  it("opens at the end", () => {
    expect(opening(1, 10_000, null)).toEqual({ from: 10_000 - CHUNK + 1, to: null });
  });

  it("opens at the first unread message when that is further back", () => {
    const window = opening(1, 10_000, 5_000);
    expect(window.from).toBeLessThan(5_000);
    expect(window.to).toBeGreaterThan(5_000);
  });

  it("never holds more than it may, going up to the first and down to the last", () => {
    let window = atEnd(1, 10_000);
    while (window.from > 1) {
      window = up(window, 1, 10_000);
      expect(size(window)).toBeLessThanOrEqual(MOST);
    }
    while (window.to !== null) {
      window = down(window, 10_000);
      expect(size(window)).toBeLessThanOrEqual(MOST);
    }
  });

  it("lets the oldest go while new ones keep coming", () => {
    let window = atEnd(1, 100);
    for (let top = 100; top < 10_000; top++) window = trimmed(window, top);
    expect(9_999 - window.from).toBeLessThan(MOST + CHUNK);
  });
});

it("gives the part of the run that lies in it", () => {
  const messages = run(101, 200);
  const seqs = (window: Window) => within(messages, window).map((m) => m.seq);
  expect(seqs({ from: 150, to: 152 })).toEqual([150, 151, 152]);
  expect(seqs({ from: 199, to: null })).toEqual([199, 200]);
  expect(seqs({ from: 1, to: 101 })).toEqual([101]);
});
