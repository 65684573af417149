// One form being sent: busy or not, and what went wrong. After a refusal the focus goes to the first field that is wrong.
import { useRef, useState } from "preact/hooks";
import { ApiError } from "../api/http";

export interface Submit {
  readonly busy: boolean;
  readonly error: ApiError | null;
  readonly submit: (event?: Event) => void;
  /** The refused field with this name, if the last answer named it. */
  readonly wrong: (field: string) => ApiError["fields"][number] | undefined;
}

export function useSubmit(action: () => Promise<void>): Submit {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const underWay = useRef(false);

  async function run(form: Element | null): Promise<void> {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setError(null);
    try {
      await action();
    } catch (cause) {
      setError(cause instanceof ApiError ? cause : new ApiError(0, "unexpected", ""));
      requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }

  return {
    busy,
    error,
    submit: (event) => {
      event?.preventDefault();
      void run(event?.currentTarget instanceof Element ? event.currentTarget : null);
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
