// A part of the app that is fetched when it is first needed, so that nobody waits for it who does not use it. Once it is
// there it is drawn at once, wherever it stands.
import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { FormError } from "./FormError";
import { useSubmit } from "./submit";

/** `waiting` stands in its place until it is there. */
export function later<P extends object>(load: () => Promise<FunctionComponent<P>>, waiting: () => ComponentChildren): FunctionComponent<P> {
  let there: FunctionComponent<P> | null = null;
  return function Later(props: P) {
    const [loaded, setLoaded] = useState(there !== null);
    const { error, submit } = useSubmit(async () => {
      there = await load();
      setLoaded(true);
    });
    useEffect(() => {
      if (!loaded) submit();
    }, []);
    if (error) return <FormError error={error} />;
    const Part = there;
    return Part ? <Part {...props} /> : waiting();
  };
}
