// Where the focus goes when what had it is gone: a part of a page takes it when it appears, and anything can be given it
// once it is drawn. Without this a reader of screens is put back at the top of the page, without a word.
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

const isLost = (): boolean => {
  const at = document.activeElement;
  return at === null || at === document.body || !at.checkVisibility();
};

/** Puts the focus on what `selector` finds, when nothing that can be seen has it. Give more than one in order of wish. */
export function focusWhenLost(...selectors: readonly string[]): void {
  requestAnimationFrame(() => {
    if (!isLost()) return;
    const found = selectors.map((selector) => document.querySelector<HTMLElement>(selector));
    found.find((element) => element?.checkVisibility())?.focus();
  });
}

/** A ref for what takes the focus when it appears, unless something that can be seen has it; it needs a `tabIndex`. */
export function useFocusWhenLost<T extends HTMLElement>(again?: unknown): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (isLost()) ref.current?.focus();
  }, [again]);
  return ref;
}

/** The same for what appears after a deed: it takes the focus from what was pressed, which is about to go. */
export function useFocusAtFirst<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => ref.current?.focus(), []);
  return ref;
}
