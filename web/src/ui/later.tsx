// A part of the app that is fetched when it is first needed, so that nobody waits for it who does not use it.
import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { FormError } from "./FormError";
import { useSubmit } from "./submit";

/** `waiting` stands in its place until it is there. */
export function later(load: () => Promise<FunctionComponent>, waiting: () => ComponentChildren): FunctionComponent {
  return function Later() {
    const [Part, setPart] = useState<FunctionComponent | null>(null);
    const { error, submit } = useSubmit(async () => {
      const part = await load();
      setPart(() => part);
    });
    useEffect(() => submit(), []);
    if (error) return <FormError error={error} />;
    return Part ? <Part /> : waiting();
  };
}
