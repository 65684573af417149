// What is being written, by conversation. In memory: a draft is health data, and is kept on the device only
// sealed. It survives going to another conversation and a lost connection, not the end of the person's session.
import { effect, signal } from "@preact/signals";
import { session } from "../../realtime/store";

/** A page that goes while it sends may leave a draft of it: what was sent not longer ago than this is that. */
const JUST_SENT = 60_000;

const drafts = new Map<string, string>();

/** Counts up with every change. */
export const draftsChanged = signal(0);

export const draftOf = (conversation: string): string => drafts.get(conversation) ?? "";

export function keepDraft(conversation: string, text: string): void {
  if (text) drafts.set(conversation, text);
  else drafts.delete(conversation);
  draftsChanged.value = draftsChanged.peek() + 1;
}

/** Counts up when drafts came from elsewhere, and a field that is empty has to show them. */
export const draftsTaken = signal(0);

/** Takes over what another page left; where something is being written that is not lost but stands before it. */
export function takeDrafts(left: ReadonlyMap<string, string>): void {
  for (const [conversation, text] of left) {
    const here = draftOf(conversation);
    if (!here.includes(text)) keepDraft(conversation, [text, here].filter(Boolean).join("\n"));
    if (here === "") taken.set(conversation, text);
  }
  if (left.size === 0) return;
  draftsTaken.value = draftsTaken.peek() + 1;
  stopLooking();
  stopLooking = effect(dropSent);
}

/** As they were taken over. */
const taken = new Map<string, string>();
let stopLooking = () => {};

/** What is found to be sent, word for word, is no draft any more, unless somebody wrote on in it. */
function dropSent(): void {
  const { me, conversations } = session.value.state;
  for (const [conversation, text] of taken) {
    const last = conversations[conversation]?.messages.findLast(({ sender }) => sender === me?.id);
    if (draftOf(conversation) !== text) taken.delete(conversation);
    else if (last?.body === text.trim() && Math.abs(Date.now() - Date.parse(last.at)) < JUST_SENT) {
      taken.delete(conversation);
      keepDraft(conversation, "");
      draftsTaken.value = draftsTaken.peek() + 1;
    }
  }
}

export const allDrafts = (): ReadonlyMap<string, string> => new Map(drafts);

export function dropDrafts(): void {
  stopLooking();
  taken.clear();
  drafts.clear();
}

export const hasDrafts = (): boolean => drafts.size > 0;
