// Looking closer at what scrolls by itself: two fingers, the wheel with Ctrl (as a touchpad's pinch is told), pressing
// twice, and dragging with a mouse. One finger is left to the browser, which scrolls best.
import { useEffect, useRef } from "preact/hooks";
import { distance, middleOf, type Point } from "./zoom";

const WHEEL = 0.01;

export function usePinch(
  scroller: { readonly current: HTMLElement | null },
  zoom: (by: number, at: Point) => void,
  twice: (at: Point) => void,
): void {
  const now = useRef({ zoom, twice });
  now.current = { zoom, twice };
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let apart = 0;
    const place = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
      const { left, top } = element.getBoundingClientRect();
      return { x: clientX - left, y: clientY - top };
    };
    const fingers = ({ touches }: TouchEvent): readonly [Point, Point] | null => {
      const [a, b] = touches;
      return a && b ? [place(a), place(b)] : null;
    };
    const onTouchStart = (event: TouchEvent) => {
      const two = fingers(event);
      apart = two ? distance(...two) : 0;
    };
    const onTouchMove = (event: TouchEvent) => {
      const two = fingers(event);
      if (!two) return;
      event.preventDefault();
      const next = distance(...two);
      if (apart > 0) now.current.zoom(next / apart, middleOf(...two));
      apart = next;
    };
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      now.current.zoom(Math.exp(-event.deltaY * WHEEL), place(event));
    };
    const onPointerMove = (event: PointerEvent) => {
      if (event.pointerType === "mouse" && event.buttons === 1) element.scrollBy(-event.movementX, -event.movementY);
    };
    const onDoubleClick = (event: MouseEvent) => now.current.twice(place(event));
    element.addEventListener("touchstart", onTouchStart, { passive: true });
    element.addEventListener("touchmove", onTouchMove, { passive: false });
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("pointermove", onPointerMove);
    element.addEventListener("dblclick", onDoubleClick);
    return () => {
      element.removeEventListener("touchstart", onTouchStart);
      element.removeEventListener("touchmove", onTouchMove);
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointermove", onPointerMove);
      element.removeEventListener("dblclick", onDoubleClick);
    };
  }, []);
}
