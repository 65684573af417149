// What is read out when a conversation changed from `before` to `now`: what others wrote, edited, withdrew, and how they
// reacted. What oneself did is no news.
import type { StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { nameById } from "../../state/select";
import { topOf, type Held, type State } from "../../state/state";
import { messageWords } from "./event-words";
import { REACTIONS } from "./reactions";
import { tombstoneText } from "./Tombstone";

const LONGEST = 300;

export function announcements(state: State, before: Held, now: Held): readonly string[] {
  const known = new Map(before.messages.map((message) => [message.seq, message]));
  const top = topOf(before);
  return now.messages.flatMap((message) => {
    const old = known.get(message.seq);
    if (old) return old === message ? [] : altered(state, old, message);
    return message.seq > top && message.sender !== state.me?.id && !message.withdrawnAt ? [written(state, message, now)] : [];
  });
}

function written(state: State, message: StoredMessage, held: Held): string {
  const body = messageWords(state, message, held).slice(0, LONGEST);
  if (message.kind === "event") return body;
  const name = message.kind === "auto" ? t("messages.auto") : nameById(state, message.sender);
  return t("messages.announced", { name, body });
}

function altered(state: State, old: StoredMessage, now: StoredMessage): string[] {
  const others = now.sender !== state.me?.id;
  if (now.withdrawnAt) return others ? [tombstoneText(now)] : [];
  const body = messageWords(state, now).slice(0, LONGEST);
  const edited = others && old.body !== now.body;
  return [
    ...settled(old, now),
    ...(edited ? [t("messages.editAnnounced", { name: nameById(state, now.sender), body })] : []),
    ...REACTIONS.flatMap(({ reaction, label }) =>
      peopleOf(now, reaction)
        .filter((person) => person !== state.me?.id && !peopleOf(old, reaction).includes(person))
        .map((person) => t("reaction.announced", { name: nameById(state, person), reaction: t(label), body })),
    ),
  ];
}

/** The documents that came, or are asked for again. */
const settled = (old: StoredMessage, now: StoredMessage): string[] =>
  (now.documents ?? [])
    .filter(({ done }, i) => Boolean(done) !== Boolean(old.documents?.[i]?.done))
    .map(({ name, done }) => t(done ? "documents.cameAnnounced" : "documents.againAnnounced", { name }));

const peopleOf = (message: StoredMessage, reaction: string): readonly string[] =>
  message.reactions?.find((one) => one.reaction === reaction)?.people ?? [];
