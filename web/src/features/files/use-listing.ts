// The files that the server lists for what is wanted, and the older ones on asking. An answer to an earlier question is
// never shown for a later one, nor one that is overtaken by the answer to the same question asked again; while somebody
// types, the question waits for a moment. What this device hears meanwhile (`standing.ts`) holds for the list as well: what
// is gone leaves it, and after what came it is asked again.
import { useEffect, useRef, useState } from "preact/hooks";
import { listFiles, type Listing, type Wanted } from "../../api/files";
import { ApiError } from "../../api/http";
import { state } from "../../realtime/store";
import { listableIn, renewed, stands } from "./standing";

export interface Files {
  /** What is there for this very question; null while it is still to come. */
  readonly listing: Listing | null;
  readonly error: ApiError | null;
  readonly busy: boolean;
  readonly again: () => void;
  readonly older: () => void;
}

const PAUSE = 250;

export function useListing(wanted: Wanted): Files {
  const question = JSON.stringify(wanted);
  const [found, setFound] = useState<{ readonly question: string; readonly listing: Listing } | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const current = useRef(question);
  const name = useRef(wanted.name);
  current.current = question;
  const asked = useRef(0);
  const shows = useRef(0);
  /** Asks from the newest on; null where what is shown by now was asked for later. */
  const newest = async (): Promise<Listing | null> => {
    const place = ++asked.current;
    const answer = await listFiles(wanted);
    if (current.current !== question || place < shows.current) return null;
    shows.current = place;
    return answer;
  };

  const ask = async (before: Listing | null) => {
    setBusy(true);
    setError(null);
    try {
      const answer = await (before ? listFiles({ ...wanted, before: before.next }) : newest());
      if (answer && current.current === question) {
        setFound((now) => ({ question, listing: before ? joined(now?.listing ?? before, before, answer) : answer }));
      }
    } catch (cause) {
      if (current.current === question) setError(cause instanceof ApiError ? cause : new ApiError(0, "unexpected", ""));
    } finally {
      if (current.current === question) setBusy(false);
    }
  };

  useEffect(() => {
    const typing = name.current !== wanted.name;
    name.current = wanted.name;
    setError(null);
    const timer = setTimeout(() => void ask(null), typing ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [question]);

  const listable = listableIn(state.value, wanted.conversation);
  const known = useRef({ question, listable });
  useEffect(() => {
    const changed = known.current.question === question && known.current.listable !== listable;
    known.current = { question, listable };
    if (!changed) return;
    const timer = setTimeout(() => void askAnew(), PAUSE);
    return () => clearTimeout(timer);
  }, [question, listable]);

  /** Without a word: what is shown stays when there is no answer. */
  const askAnew = async () => {
    const answer = await newest().catch(() => null);
    if (!answer) return;
    setFound((now) => ({ question, listing: now?.question === question ? renewed(now.listing, answer) : answer }));
  };

  const shown = found?.question === question ? found.listing : null;
  const listing = shown && { ...shown, files: shown.files.filter((one) => stands(state.value, one)) };
  return { listing, error, busy, again: () => void ask(shown), older: () => void (busy || ask(shown)) };
}

/** The list that is there `now`, with what lies below the one that was asked for; unless that has become another. */
const joined = (now: Listing, before: Listing, answer: Listing): Listing =>
  now.next !== before.next
    ? now
    : { ...answer, files: [...now.files, ...answer.files], people: [...now.people, ...answer.people] };
