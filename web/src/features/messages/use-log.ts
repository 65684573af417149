// Where the reader is in the log, and how it stays there. Before each drawing the first visible message is noted, after
// it the log is scrolled so that this message has not moved; at the end of the log it stays at the end instead. The
// browser's own scroll anchoring is off: it does not know which of both is meant.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { attention } from "../../platform/attention";
import { muchOlder, older, shown } from "../../realtime/client";
import { session } from "../../realtime/store";
import { unreadIn } from "../../state/select";
import { bottomOf, hasOlder, isNews, topOf, type Held, type State } from "../../state/state";
import { arrive, destination } from "./go-to";
import { firstVisible, lastVisible, type Anchor } from "./visible";
import { atEnd, down, opening, trimmed, up, type Window } from "./window";

const AT_END = 48;
const NEAR = 600;

/** The first unread message when the conversation was opened; the line above it stays while it is open. */
function firstUnreadIn(state: State, held: Held, saidRead: number | undefined): number | null {
  if (unreadIn(state, held, saidRead) === 0) return null;
  const mine = held.participants.find((p) => p.person === state.me?.id)?.read ?? 0;
  const read = Math.max(mine, saidRead ?? 0);
  return held.messages.find((m) => m.seq > read && isNews(state.me?.id, m))?.seq ?? null;
}

export function useLog(held: Held) {
  const { state, read } = session.value;
  const wanted = destination.value?.conversation === held.id ? destination.value.seq : null;
  const bottom = bottomOf(held);
  const top = topOf(held);
  const lastPending = state.pending.findLast((p) => p.conversation === held.id)?.id;

  const log = useRef<HTMLDivElement>(null);
  const [firstUnread] = useState(() => firstUnreadIn(state, held, read[held.id]));
  const [kept, setWindow] = useState<Window>(() => opening(bottom, top, firstUnread));
  const [away, setAway] = useState(false);
  const atTheEnd = useRef(true);
  const height = useRef(0);
  const anchor = useRef<Anchor | null>(null);
  const placed = useRef(false);
  const written = useRef(lastPending);

  const window = atTheEnd.current ? trimmed(kept, top) : kept;
  if (window !== kept) setWindow(window);

  const putAtEnd = (element: HTMLElement) => {
    element.scrollTop = element.scrollHeight;
    height.current = element.clientHeight;
  };

  const measure = () => {
    const element = log.current;
    if (!element) return;
    // It became lower or higher since: nobody scrolled away from the end.
    if (atTheEnd.current && window.to === null && height.current !== element.clientHeight) putAtEnd(element);
    const under = element.scrollHeight - element.scrollTop - element.clientHeight;
    atTheEnd.current = window.to === null && under < AT_END;
    setAway(window.to !== null || under > element.clientHeight / 2);
  };

  const tellShown = () => {
    if (!attention.peek() || !log.current) return;
    const seq = lastVisible(log.current);
    if (seq > 0) shown(held.id, seq);
  };

  const stretch = () => {
    const element = log.current;
    if (!element) return;
    if (element.scrollTop < NEAR) {
      if (window.from > bottom) setWindow(up(window, bottom, top));
      else if (hasOlder(held)) older(held.id);
    }
    const under = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (under < NEAR && window.to !== null) setWindow(down(window, top));
  };

  const toEnd = () => {
    atTheEnd.current = true;
    setAway(false);
    setWindow(atEnd(bottom, top));
  };

  /** One step towards the message that is asked for: fetch, draw, or show it. */
  const approach = (element: HTMLElement) => {
    if (wanted === null) return;
    atTheEnd.current = false;
    if (wanted <= (held.above ?? 0) || wanted > held.lastSeq) destination.value = null;
    else if (wanted < bottom) muchOlder(held.id);
    else if (arrive(element, wanted)) {
      destination.value = null;
      measure();
    } else if (wanted <= top) setWindow(opening(bottom, top, wanted));
  };

  if (placed.current && log.current) anchor.current = firstVisible(log.current);
  if (lastPending !== undefined && lastPending !== written.current) {
    atTheEnd.current = true;
    if (window.to !== null) setWindow(atEnd(bottom, top));
  }
  written.current = lastPending;

  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const divider = placed.current ? null : element.querySelector<HTMLElement>(".unread-line");
    placed.current = true;
    if (divider) {
      element.scrollTop += divider.getBoundingClientRect().top - element.getBoundingClientRect().top - 60;
      measure();
    } else if (atTheEnd.current) putAtEnd(element);
    else anchor.current?.restore();
    approach(element);
  });

  useEffect(() => {
    stretch();
    tellShown();
  });

  useEffect(() => attention.subscribe(() => tellShown()), []);

  useEffect(() => {
    const element = log.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (atTheEnd.current) putAtEnd(element);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    measure();
    stretch();
    tellShown();
  };

  return { log, window, firstUnread, away, onScroll, toEnd };
}
