// What happened, from the code and the ids that the server tells, in the words of the reader's language.
import type { EventBody, EventCode, StoredMessage } from "../../api/protocol";
import { plural, t, type Key } from "../../i18n/text";
import { dayOf } from "../../i18n/time";
import { eventOf } from "../../state/event";
import { answersIn, nameOf } from "../../state/select";
import type { Held, State } from "../../state/state";
import { withoutText } from "../documents/documents";

const WORDS: Readonly<Record<EventCode, Key>> = {
  call_ended: "event.callEnded",
  call_started: "event.callStarted",
  handed_over: "event.handedOver",
  stand_in_began: "event.standInBegan",
  stand_in_ended: "event.standInEnded",
};

/** A call that is over: how long it was and with whom; who was `called` and was not in it missed it. */
function callWords(state: State, { people = [], seconds = 0 }: EventBody, called: boolean): string {
  if (called && !people.includes(state.me?.id ?? "")) return t("event.callMissed");
  const names = people.map((id) => state.people[id]?.firstName ?? t("messages.unknown")).join(", ");
  const minutes = Math.round(seconds / 60);
  return minutes < 1 ? t("event.callShort", { names }) : plural("event.callLasted", minutes, { names });
}

/** Any event of conversation `held` in words; one that this app does not know yet is told as such. */
export function eventWords(state: State, body: string, held?: Held): string {
  const happened = eventOf(body);
  const key = happened && WORDS[happened.code];
  if (!happened || !key) return t("event.unknown");
  if (happened.code === "call_ended" && happened.people) return callWords(state, happened, !held || !answersIn(state, held));
  const name = (id: string | null | undefined) => {
    const person = id ? state.people[id] : undefined;
    return person ? nameOf(person) : t("messages.unknown");
  };
  return t(key, { name: name(happened.person), standIn: name(happened.standIn), date: happened.until ? dayOf(happened.until) : "" });
}

/** The text of a message as it is told outside the log: in a list, or read out. */
export function messageWords(state: State, message: StoredMessage, held?: Held): string {
  const { kind, body, withdrawnAt } = message;
  if (withdrawnAt) return t("list.withdrawn");
  return kind === "event" ? eventWords(state, body, held) : body || withoutText(message);
}
