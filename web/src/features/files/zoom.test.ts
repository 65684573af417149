import { describe, expect, it } from "vitest";
import { FIT, fitted, isClose, most, move, swiped, zoom } from "./zoom";

const room = { width: 400, height: 800 };
const fit = { width: 400, height: 300 };

describe("a picture", () => {
  it("fits its room and is never blown up by that", () => {
    expect(fitted({ width: 4000, height: 3000 }, room)).toEqual(fit);
    expect(fitted({ width: 40, height: 30 }, room)).toEqual({ width: 40, height: 30 });
    expect(fitted({ width: 0, height: 0 }, room)).toEqual({ width: 0, height: 0 });
  });

  it("can be seen at twice its own pixels, and at least four times", () => {
    expect(most({ width: 4000, height: 3000 }, fit)).toBe(20);
    expect(most({ width: 400, height: 300 }, fit)).toBe(4);
  });
});

describe("looking closer", () => {
  it("keeps what is under the pointer there", () => {
    const at = { x: 100, y: 0 };
    const closer = zoom(FIT, 3, at, fit, room, 20);
    const under = (view: typeof FIT) => (at.x - view.x) / view.scale;
    expect(under(closer)).toBeCloseTo(under(FIT));
  });

  it("never goes beyond the largest nor below what fits, where it lies in the middle again", () => {
    expect(zoom(FIT, 99, { x: 0, y: 0 }, fit, room, 4).scale).toBe(4);
    const moved = zoom(FIT, 4, { x: 150, y: 100 }, fit, room, 4);
    expect(zoom(moved, 0.01, { x: -80, y: 20 }, fit, room, 4)).toEqual(FIT);
  });
});

describe("moving", () => {
  it("does nothing to what fits", () => {
    expect(move(FIT, { x: 50, y: -50 }, fit, room)).toEqual(FIT);
    expect(isClose(FIT)).toBe(false);
  });

  it("ends where the picture ends", () => {
    const close = { scale: 4, x: 0, y: 0 };
    expect(move(close, { x: 5000, y: 5000 }, fit, room)).toEqual({ scale: 4, x: 600, y: 200 });
    expect(move(close, { x: -10, y: 10 }, fit, room)).toEqual({ scale: 4, x: -10, y: 10 });
  });
});

it("a swipe goes sideways and far enough", () => {
  expect([swiped({ x: -90, y: 10 }), swiped({ x: 90, y: -10 }), swiped({ x: 90, y: 80 }), swiped({ x: 20, y: 0 })]).toEqual([1, -1, 0, 0]);
});
