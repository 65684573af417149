// One form being sent: busy or not, and what went wrong. After a refusal the focus goes to the first field that is wrong.
// A form that is being sent is not sent a second time; what is loaded or chosen anew meanwhile is not lost, but follows.
import { useRef, useState } from "preact/hooks";
import { ApiError } from "../api/http";

export interface Submit {
  readonly busy: boolean;
  readonly error: ApiError | null;
  readonly submit: (event?: Event) => void;
  /** The refused field with this name, if the last answer named it. */
  readonly wrong: (field: string) => ApiError["fields"][number] | undefined;
}

type Action = () => Promise<void>;

/** Sends once: what is pressed again meanwhile does nothing. */
export const useSubmit = (action: Action): Submit => useSending(action, false);

/** The same for what is loaded or chosen: what is asked meanwhile is done when that is over, and of it only the last. */
export const useLatest = (action: Action): Submit => useSending(action, true);

function useSending(action: Action, follows: boolean): Submit {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const underWay = useRef(false);
  const next = useRef<Action | null>(null);

  async function run(form: Element | null, now: Action): Promise<void> {
    if (underWay.current) {
      if (follows) next.current = now;
      return;
    }
    underWay.current = true;
    setBusy(true);
    setError(null);
    try {
      await now();
    } catch (cause) {
      setError(cause instanceof ApiError ? cause : new ApiError(0, "unexpected", ""));
      requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    } finally {
      underWay.current = false;
      setBusy(false);
    }
    const following = next.current;
    next.current = null;
    if (following) await run(form, following);
  }

  return {
    busy,
    error,
    submit: (event) => {
      event?.preventDefault();
      void run(event?.currentTarget instanceof Element ? event.currentTarget : null, action);
    },
    wrong: (field) => error?.fields.find((f) => f.field === field),
  };
}

/** Refuses, as the server would, what was left empty. */
export function need(values: Readonly<Record<string, string>>): void {
  const empty = Object.keys(values).filter((field) => !values[field]?.trim());
  if (empty.length === 0) return;
  throw new ApiError(422, "required", "", empty.map((field) => ({ field, code: "required", text: "" })));
}
