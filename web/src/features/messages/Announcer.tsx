// Reads out new messages of others in the open conversation, politely. Only what arrives while it is open: older
// messages that are fetched are not news.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { topOf, type Held } from "../../state/state";
import { messageWords } from "./event-words";

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
    const lines = fresh.map((message) => {
      const words = messageWords(state.value, message).slice(0, LONGEST);
      if (message.kind === "event") return words;
      const person = people[message.sender];
      const name = message.kind === "auto" ? t("messages.auto") : person ? nameOf(person) : "";
      return t("messages.announced", { name, body: words });
    });
    setText(lines.join(" "));
  }, [top]);
  return (
    <div class="only-read" aria-live="polite">
      {text}
    </div>
  );
}
