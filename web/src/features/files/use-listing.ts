// The files that the server lists for what is wanted, and the older ones on asking. An answer to an earlier question is
// never shown for a later one; while somebody types, the question waits for a moment.
import { useEffect, useRef, useState } from "preact/hooks";
import { listFiles, type Listing, type Wanted } from "../../api/files";
import { ApiError } from "../../api/http";

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

  const ask = async (before: Listing | null) => {
    setBusy(true);
    setError(null);
    try {
      const answer = await listFiles({ ...wanted, ...(before && { before: before.next }) });
      if (current.current === question) setFound({ question, listing: before ? joined(before, answer) : answer });
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

  const listing = found?.question === question ? found.listing : null;
  return { listing, error, busy, again: () => void ask(listing), older: () => void (busy || ask(listing)) };
}

const joined = (before: Listing, answer: Listing): Listing => ({
  ...answer,
  files: [...before.files, ...answer.files],
  people: [...before.people, ...answer.people],
});
