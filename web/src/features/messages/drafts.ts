// What is being written, by conversation. In memory: a draft is health data, and is kept on the device only
// sealed. It survives going to another conversation and a lost connection, not the end of the person's session.
import { signal } from "@preact/signals";

const drafts = new Map<string, string>();

/** Counts up with every change. */
export const draftsChanged = signal(0);

export const draftOf = (conversation: string): string => drafts.get(conversation) ?? "";

export function keepDraft(conversation: string, text: string): void {
  if (text) drafts.set(conversation, text);
  else drafts.delete(conversation);
  draftsChanged.value = draftsChanged.peek() + 1;
}

export const allDrafts = (): ReadonlyMap<string, string> => new Map(drafts);

export const dropDrafts = (): void => drafts.clear();

export const hasDrafts = (): boolean => drafts.size > 0;
