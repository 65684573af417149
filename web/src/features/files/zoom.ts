// The arithmetic of looking closer. At scale 1 a picture fits its room; `x` and `y` are how far (px) its middle lies from
// that of the room.
// 1. What is under the fingers or the pointer stays there.
// 2. A picture never leaves its room further than it sticks out, and lies in the middle where it does not.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface View extends Point {
  readonly scale: number;
}

export const FIT: View = { scale: 1, x: 0, y: 0 };
export const STEP = 1.5;
const LEAST_MOST = 4;

/** As large as the room allows, and never larger than it is. */
export function fitted({ width, height }: Size, room: Size): Size {
  if (!width || !height) return { width: 0, height: 0 };
  const scale = Math.min(1, room.width / width, room.height / height);
  return { width: width * scale, height: height * scale };
}

/** The largest scale: twice its own pixels, and at least four times what fits. */
export const most = (natural: Size, fit: Size): number =>
  fit.width ? Math.max(LEAST_MOST, (2 * natural.width) / fit.width) : LEAST_MOST;

/** `at` is measured from the middle of the room. */
export function zoom(view: View, by: number, at: Point, fit: Size, room: Size, largest: number): View {
  const scale = Math.min(largest, Math.max(1, view.scale * by));
  const grown = scale / view.scale;
  return bounded({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }, fit, room);
}

export const move = (view: View, by: Point, fit: Size, room: Size): View =>
  bounded({ ...view, x: view.x + by.x, y: view.y + by.y }, fit, room);

function bounded({ scale, x, y }: View, fit: Size, room: Size): View {
  return { scale, x: within(x, fit.width * scale - room.width), y: within(y, fit.height * scale - room.height) };
}

function within(shift: number, out: number): number {
  const reach = Math.max(0, out) / 2;
  return Math.min(reach, Math.max(-reach, shift)) || 0;
}

export const isClose = ({ scale }: View): boolean => scale > 1.01;

export const middleOf = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Which way a finger went that was put down and lifted: −1 to the one before, 1 to the next, 0 for neither. */
export function swiped({ x, y }: Point): -1 | 0 | 1 {
  if (Math.abs(x) < 60 || Math.abs(x) < 1.5 * Math.abs(y)) return 0;
  return x > 0 ? -1 : 1;
}
