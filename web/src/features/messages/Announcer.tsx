// Reads out new messages of others in the open conversation, and what happens to older ones, politely. Only what arrives
// while it is open: older messages that are fetched are not news.
import { useEffect, useRef, useState } from "preact/hooks";
import type { StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { revOf } from "../../realtime/alter";
import { topOf, type Held, type State } from "../../state/state";
import { tombstoneText } from "./Tombstone";

const LONGEST = 300;

export function Announcer({ held }: { held: Held }) {
  const top = topOf(held);
  const told = useRef({ top, rev: held.rev });
  const [text, setText] = useState("");
  useEffect(() => {
    const { me, people } = state.value;
    const of = held.messages.filter((m) => m.sender !== me?.id);
    const fresh = of.filter((m) => m.seq > told.current.top && !m.withdrawnAt);
    const altered = of.filter((m) => m.seq <= told.current.top && revOf(m) > told.current.rev);
    told.current = { top, rev: Math.max(held.rev, told.current.rev) };
    const lines = [...fresh.map((m) => announced(people, m)), ...altered.map((m) => announcedAlteration(people, m))].filter(Boolean);
    if (lines.length > 0) setText(lines.join(" "));
  }, [top, held.rev]);
  return (
    <div class="only-read" aria-live="polite">
      {text}
    </div>
  );
}

function announced(people: State["people"], { sender, body }: StoredMessage): string {
  const person = people[sender];
  return t("messages.announced", { name: person ? nameOf(person) : "", body: body.slice(0, LONGEST) });
}

function announcedAlteration(people: State["people"], message: StoredMessage): string {
  if (message.withdrawnAt) return tombstoneText(message);
  if (!message.editedAt) return "";
  const person = people[message.sender];
  return t("messages.editAnnounced", { name: person ? nameOf(person) : "", body: message.body.slice(0, LONGEST) });
}
