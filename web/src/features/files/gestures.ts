// What fingers and a mouse do on a picture: drag, pinch, press twice, swipe, turn the wheel. All in pixels from the middle
// of the element.
import { useRef } from "preact/hooks";
import { distance, middleOf, type Point } from "./zoom";

export interface Gestures {
  readonly drag: (by: Point) => void;
  readonly zoom: (by: number, at: Point) => void;
  readonly twice: (at: Point) => void;
  /** One finger was lifted, so far from where it was put down. */
  readonly lifted: (by: Point) => void;
}

const TWICE_WITHIN = 300;
const TWICE_NEAR = 30;
const STILL = 10;
const WHEEL = 0.0025;
const LINE = 16;

export function useGestures({ drag, zoom, twice, lifted }: Gestures) {
  const down = useRef(new Map<number, Point>());
  const start = useRef<Point>({ x: 0, y: 0 });
  const alone = useRef(true);
  const byMouse = useRef(false);
  const last = useRef({ time: 0, at: { x: 0, y: 0 } });

  const others = (id: number) => [...down.current].filter(([other]) => other !== id).map(([, at]) => at);

  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      byMouse.current = event.pointerType === "mouse";
      alone.current = down.current.size === 0;
      start.current = placeOf(event);
      down.current.set(event.pointerId, start.current);
    },
    onPointerMove(event: PointerEvent) {
      const before = down.current.get(event.pointerId);
      if (!before) return;
      const now = placeOf(event);
      const [other] = others(event.pointerId);
      if (other) {
        const [from, to] = [middleOf(before, other), middleOf(now, other)];
        drag({ x: to.x - from.x, y: to.y - from.y });
        zoom(distance(now, other) / Math.max(1, distance(before, other)), to);
      } else drag({ x: now.x - before.x, y: now.y - before.y });
      down.current.set(event.pointerId, now);
    },
    onPointerUp(event: PointerEvent) {
      if (!down.current.delete(event.pointerId)) return;
      if (!alone.current) return lifted({ x: 0, y: 0 });
      const at = placeOf(event);
      const by = { x: at.x - start.current.x, y: at.y - start.current.y };
      lifted(by);
      if (byMouse.current || Math.hypot(by.x, by.y) > STILL) return;
      const again = event.timeStamp - last.current.time < TWICE_WITHIN && distance(at, last.current.at) < TWICE_NEAR;
      last.current = { time: again ? 0 : event.timeStamp, at };
      if (again) twice(at);
    },
    /** A mouse's own: how quick that has to be is the person's setting. */
    onDblClick(event: MouseEvent) {
      if (byMouse.current) twice(placeOf(event));
    },
    onPointerCancel(event: PointerEvent) {
      down.current.delete(event.pointerId);
      lifted({ x: 0, y: 0 });
    },
    onWheel(event: WheelEvent) {
      event.preventDefault();
      const turned = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
      zoom(Math.exp(-turned * WHEEL), placeOf(event));
    },
  };
}

function placeOf(event: MouseEvent): Point {
  const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect();
  return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
}
