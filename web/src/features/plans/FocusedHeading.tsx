// The heading of what takes the place of something else: it takes the focus, so that reading starts there.
import { useFocusAtFirst } from "../../ui/focus";

export function FocusedHeading({ text }: { text: string }) {
  const heading = useFocusAtFirst<HTMLHeadingElement>();
  return (
    <h3 tabIndex={-1} ref={heading}>
      {text}
    </h3>
  );
}
