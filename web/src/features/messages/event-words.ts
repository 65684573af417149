// What happened, from the code and the ids that the server tells, in the words of the reader's language.
import type { EventBody, EventCode, StoredMessage } from "../../api/protocol";
import { t, type Key } from "../../i18n/text";
import { dayOf } from "../../i18n/time";
import { nameOf } from "../../state/select";
import type { State } from "../../state/state";
import { withoutText } from "../documents/documents";

const WORDS: Readonly<Record<EventCode, Key>> = {
  call_ended: "event.callEnded",
  call_started: "event.callStarted",
  handed_over: "event.handedOver",
  stand_in_began: "event.standInBegan",
  stand_in_ended: "event.standInEnded",
};

/** Any event in words; one that this app does not know yet is told as such. */
export function eventWords(state: State, body: string): string {
  const happened = read(body);
  const key = happened && WORDS[happened.code];
  if (!happened || !key) return t("event.unknown");
  const name = (id: string | null | undefined) => {
    const person = id ? state.people[id] : undefined;
    return person ? nameOf(person) : t("messages.unknown");
  };
  return t(key, { name: name(happened.person), standIn: name(happened.standIn), date: happened.until ? dayOf(happened.until) : "" });
}

/** The text of a message as it is told outside the log: in a list, or read out. */
export function messageWords(state: State, message: StoredMessage): string {
  const { kind, body, withdrawnAt } = message;
  if (withdrawnAt) return t("list.withdrawn");
  return kind === "event" ? eventWords(state, body) : body || withoutText(message);
}

function read(body: string): EventBody | null {
  try {
    return JSON.parse(body) as EventBody;
  } catch {
    return null;
  }
}
