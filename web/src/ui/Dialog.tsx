// A modal dialog on the browser's own <dialog>: it keeps the focus inside and gives it back. Escape, a press beside it,
// the cross and a telephone's back gesture all ask `mayClose` first, which may say no and ask the person.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./Icon";

interface Props {
  readonly title: string;
  readonly close: string;
  readonly onClose: () => void;
  readonly mayClose?: () => boolean;
  readonly children: ComponentChildren;
}

export function Dialog({ title, close, onClose, mayClose = () => true, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pressedBeside = useRef(false);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector("input")?.focus();
    // Taken out of the page while it is open, it would not give the focus back.
    return () => element?.close();
  }, []);
  // The second press of a double click that opened it is no press beside it.
  // Its end is told later; once it is off the page another dialog may stand in its place.
  const ended = () => dialog.current && onClose();
  const leave = () => {
    if (mayClose()) dialog.current?.close();
  };
  // The browser closes on a second Escape whatever is said, unless the key itself is taken.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave();
  };
  const onCancel = (event: Event) => {
    event.preventDefault();
    leave();
  };
  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={id}
      onClose={ended}
      onCancel={onCancel}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => (pressedBeside.current = isBeside(event))}
      onClick={(event) => event.detail < 2 && pressedBeside.current && isBeside(event) && leave()}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="icon-button" aria-label={close} onClick={leave}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

function isBeside(event: MouseEvent): boolean {
  const dialog = event.currentTarget as HTMLElement;
  if (event.target !== dialog) return false;
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
}
