// A page of the messenger without a list beside it.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export function WidePane({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="wide-pane" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>{title}</h2>
      {children}
    </section>
  );
}
