// Where one is in pages that scroll, and staying there when they grow.
import type { Point } from "./zoom";

/** The number of the page that the upper part of the screen shows. */
export function pageAt(scroller: HTMLElement): number {
  const line = scroller.getBoundingClientRect().top + scroller.clientHeight * 0.4;
  const pages = [...scroller.querySelectorAll<HTMLElement>("[data-page]")];
  const page = pages.findLast((one) => one.getBoundingClientRect().top <= line);
  return Number(page?.dataset["page"] ?? 1);
}

/** After the pages grew `by` times, what was `at` (px from the corner of the scroller) is there again. */
export function stay(scroller: HTMLElement, at: Point, by: number): void {
  scroller.scrollLeft = (scroller.scrollLeft + at.x) * by - at.x;
  scroller.scrollTop = (scroller.scrollTop + at.y) * by - at.y;
}
