// Reads out new messages of others in the open conversation, politely. Only what arrives while it is open: older
// messages that are fetched are not news.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { topOf, type Held } from "../../state/state";

const LONGEST = 300;

export function Announcer({ held }: { held: Held }) {
  const top = topOf(held);
  const told = useRef(top);
  const [text, setText] = useState("");
  useEffect(() => {
    const { me, people } = state.value;
    const fresh = held.messages.filter((m) => m.seq > told.current && m.sender !== me?.id);
    told.current = top;
    if (fresh.length === 0) return;
    const lines = fresh.map(({ sender, body }) => {
      const person = people[sender];
      return t("messages.announced", { name: person ? nameOf(person) : "", body: body.slice(0, LONGEST) });
    });
    setText(lines.join(" "));
  }, [top]);
  return (
    <div class="only-read" aria-live="polite">
      {text}
    </div>
  );
}
