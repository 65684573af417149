// Reads out new messages of others in the open conversation, and what happens to older ones, politely. Only what arrives
// while it is open: older messages that are fetched are not news.
import { useEffect, useRef, useState } from "preact/hooks";
import { state } from "../../realtime/store";
import { topOf, type Held } from "../../state/state";
import { announcements } from "./announcements";

export function Announcer({ held }: { held: Held }) {
  const told = useRef(held);
  const [text, setText] = useState("");
  useEffect(() => {
    const news = announcements(state.value, told.current, held);
    told.current = held;
    if (news.length > 0) setText(news.join(" "));
  }, [topOf(held), held.rev]);
  return (
    <div class="only-read" aria-live="polite">
      {text}
    </div>
  );
}
