// For a moment after sending, a message can be taken back with one button: it is withdrawn, and its text stands in the
// composer again with its files, or its list of documents in the dialog that made it. After that it can still be withdrawn
// from its menu, so nobody has to hurry. Of what waited for a line the moment begins when it is sent.
import { computed, effect, signal } from "@preact/signals";
import type { StoredMessage } from "../../api/protocol";
import { withdraw, write } from "../../realtime/client";
import type { Content } from "../../realtime/session";
import { session } from "../../realtime/store";
import { askAnew } from "../documents/asking";
import { restore } from "./composing";

const MOMENT = 10_000;

/** The message of one's own that was sent a moment ago, by its id. */
export const justSent = signal<string | null>(null);

let chooseAgain = () => {};
let stopCounting = () => {};

/** `filesBack` chooses its files again, when it is undone. */
export function send(conversation: string, content: Content, filesBack = () => {}): void {
  const id = write(conversation, content);
  justSent.value = id;
  chooseAgain = filesBack;
  stopCounting();
  const waits = computed(() => session.value.state.pending.some((one) => one.id === id));
  stopCounting = effect(() => {
    if (waits.value) return undefined;
    const timer = setTimeout(forgetSent, MOMENT);
    return () => clearTimeout(timer);
  });
}

export function undo(conversation: string, { seq, body, replyTo, documents = [] }: StoredMessage): void {
  const back = chooseAgain;
  forgetSent();
  withdraw(conversation, seq);
  if (documents.length > 0) return askAnew(conversation, { names: documents.map(({ name }) => name), text: body });
  restore(conversation, body, replyTo);
  back();
}

function forgetSent(): void {
  stopCounting();
  justSent.value = null;
  chooseAgain = () => {};
}
