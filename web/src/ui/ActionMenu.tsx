// A button that opens a menu (WAI-ARIA menu button pattern): arrows go round, Home and End jump, Escape and Tab close, and
// the focus goes back to the button. The menu stands free of what scrolls, where there is room for it.
import type { ComponentChildren, RefObject } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./Icon";

export interface Action {
  readonly key: string;
  readonly label: string;
  readonly icon: IconName;
  readonly run: () => void;
}

interface Props {
  readonly label: string;
  readonly describedBy: string;
  readonly button: RefObject<HTMLButtonElement | null>;
  /** One of a group of such buttons is a stop for the Tab key; with the arrows one goes to the others. */
  readonly stop: boolean;
  readonly actions: readonly Action[];
  readonly icon?: IconName;
  /** In a head it stands by itself; else beside each of many, out of sight until it is wanted. */
  readonly look?: "head";
  /** Stands above the actions; what closes the menu is handed to it. */
  readonly top?: ((close: () => void) => ComponentChildren) | undefined;
}

export function ActionMenu({ label, describedBy, button, stop, actions, icon = "more", look, top }: Props) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={look ? "icon-button" : "icon-button open-actions"}
        data-open-actions={look ? undefined : true}
        tabIndex={stop || open ? 0 : -1}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-describedby={describedBy}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => !look && toNeighbour(event)}
      >
        <Icon name={icon} size={look ? 22 : 20} />
        <span class="only-read">{label}</span>
      </button>
      {open && <Opened label={label} button={button} actions={actions} close={close} leave={() => setOpen(false)} top={top} />}
    </>
  );
}

interface OpenedProps extends Pick<Props, "label" | "button" | "actions" | "top"> {
  readonly close: () => void;
  readonly leave: () => void;
}

function Opened({ label, button, actions, top, close, leave }: OpenedProps) {
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    place(menu.current, button.current);
    items(menu.current)[0]?.focus({ preventScroll: true });
    const away = (event: Event) => {
      const target = event.target as Node;
      if (!menu.current?.contains(target) && !button.current?.contains(target)) leave();
    };
    // What scrolls may do so by itself, when somebody writes: the menu goes along as long as its button is in sight.
    const follow = () => (isInSight(button.current) ? place(menu.current, button.current) : leave());
    addEventListener("pointerdown", away);
    addEventListener("scroll", follow, true);
    addEventListener("resize", follow);
    return () => {
      removeEventListener("pointerdown", away);
      removeEventListener("scroll", follow, true);
      removeEventListener("resize", follow);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return leave();
    else if (!walk(event.key, items(menu.current))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={menu} id={id} class="action-menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {top?.(close)}
      {actions.map(({ key, label: text, icon, run }) => (
        <button
          key={key}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            close();
            run();
          }}
        >
          <Icon name={icon} size={20} />
          {text}
        </button>
      ))}
    </div>
  );
}

const items = (menu: HTMLElement | null): HTMLElement[] => [
  ...(menu?.querySelectorAll<HTMLElement>("[role=menuitem], [role=menuitemradio]") ?? []),
];

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Moves the focus as the key says; whether it was such a key. */
function walk(key: string, all: HTMLElement[]): boolean {
  const now = all.findIndex((item) => item === document.activeElement);
  const step = STEPS[key];
  const next = key === "Home" ? 0 : key === "End" ? all.length - 1 : step ? (now + step + all.length) % all.length : -1;
  all[next]?.focus({ preventScroll: true });
  return next >= 0;
}

function toNeighbour(event: KeyboardEvent): void {
  const button = event.currentTarget as HTMLElement;
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  const all = [...document.querySelectorAll<HTMLElement>("[data-open-actions]")];
  const next = all[all.indexOf(button) + (event.key === "ArrowUp" ? -1 : 1)];
  event.preventDefault();
  next?.focus();
}

const MARGIN = 8;

function isInSight(button: HTMLElement | null): boolean {
  const at = button?.getBoundingClientRect();
  return at !== undefined && at.bottom > 0 && at.top < innerHeight;
}

function place(menu: HTMLElement | null, button: HTMLElement | null): void {
  if (!menu || !button) return;
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + height + MARGIN <= innerHeight;
  const left = at.left + at.width / 2 > innerWidth / 2 ? at.right - width : at.left;
  menu.style.top = `${Math.max(MARGIN, below ? at.bottom : at.top - height)}px`;
  menu.style.left = `${Math.min(Math.max(MARGIN, left), innerWidth - width - MARGIN)}px`;
}
