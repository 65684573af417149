// A row of buttons whose words do not fit in it shows the pictures alone; the words stay what the buttons are called. It is
// measured, because how wide words are depends on the language, and on how large the person has letters made.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export function useFit<T extends HTMLElement>(): RefObject<T | null> {
  const row = useRef<T>(null);
  const fit = () => {
    const element = row.current;
    if (!element) return;
    element.classList.remove("pictures");
    element.classList.toggle("pictures", element.scrollWidth > element.clientWidth);
  };
  useLayoutEffect(fit);
  useLayoutEffect(() => {
    if (!row.current) return;
    const observer = new ResizeObserver(fit);
    observer.observe(row.current);
    return () => observer.disconnect();
  }, []);
  return row;
}
