// Parts of a page that each fetch something, shown from the top down: one is drawn when it and all before it have what
// they show, so that none pushes away what is read below it. A part that does not say that it waits is there. They are made
// one after another, so that the page answers in between.
import { createContext, toChildArray, type ComponentChildren } from "preact";
import { useContext, useEffect, useLayoutEffect, useState } from "preact/hooks";
import { ListSkeleton } from "./ListSkeleton";

/** Begins to wait; gives how to end it. */
type Wait = () => () => void;

const Waiting = createContext<Wait>(() => () => {});

/** Each child is a part. One that comes and goes while this stands does so inside itself. */
export function InOrder({ children }: { children: ComponentChildren }) {
  const parts = toChildArray(children);
  const [waiting, setWaiting] = useState<readonly { readonly part: number }[]>([]);
  const [made, make] = useState(1);
  const shown = Math.min(made, parts.length, ...waiting.map(({ part }) => part));
  const waitIn = (part: number): Wait => () => {
    const one = { part };
    setWaiting((now) => [...now, one]);
    return () => setWaiting((now) => now.filter((other) => other !== one));
  };
  useEffect(() => {
    if (made >= parts.length) return;
    const timer = setTimeout(() => make(made + 1));
    return () => clearTimeout(timer);
  }, [made, parts.length]);
  return (
    <>
      {parts.slice(0, made).map((part, i) => (
        <div key={i} class="in-order" hidden={i >= shown}>
          <Waiting.Provider value={waitIn(i)}>{part}</Waiting.Provider>
        </div>
      ))}
      {shown < parts.length && <ListSkeleton key={shown} />}
    </>
  );
}

/** While `waiting` the part in which this stands, and all below it, are not drawn. */
export function useWaiting(waiting: boolean): void {
  const wait = useContext(Waiting);
  useLayoutEffect(() => (waiting ? wait() : undefined), [waiting]);
}
