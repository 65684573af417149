// The list of names while one is typed after an @: the field keeps the focus, the arrows choose in the list.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Person } from "../../api/protocol";
import { complete, offered, soughtIn, type Sought } from "./mentions";

export interface Mentions {
  readonly people: readonly Person[];
  readonly active: number;
  choose(person: Person): void;
  /** To be called when the text or the caret changed. */
  look(): void;
  /** Whether the key was for the list. */
  onKey(event: KeyboardEvent): boolean;
}

export function useMentions(
  field: RefObject<HTMLTextAreaElement | null>,
  others: readonly Person[],
  change: (text: string) => void,
): Mentions {
  const [sought, seek] = useState<Sought | null>(null);
  const [active, activate] = useState(0);
  const caret = useRef<number | null>(null);
  const people = sought ? offered(others, sought) : [];

  useLayoutEffect(() => {
    if (caret.current === null) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const look = () => {
    const element = field.current;
    const found = element ? soughtIn(element.value, element.selectionStart) : null;
    if (found?.from === sought?.from && found?.words === sought?.words) return;
    seek(found);
    activate(0);
  };

  const choose = (person: Person) => {
    if (!sought || !field.current) return;
    const done = complete(field.current.value, sought, person);
    caret.current = done.caret;
    change(done.text);
    seek(null);
    field.current.focus();
  };

  const onKey = (event: KeyboardEvent): boolean => {
    const chosen = people[active];
    if (!chosen) return false;
    if (event.key === "ArrowDown") activate((active + 1) % people.length);
    else if (event.key === "ArrowUp") activate((active + people.length - 1) % people.length);
    else if (event.key === "Escape") seek(null);
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") choose(chosen);
    else return false;
    event.preventDefault();
    return true;
  };

  return { people, active, choose, look, onKey };
}
