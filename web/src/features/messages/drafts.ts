// What is being written, by conversation. In memory only: a draft is health data, and until the device's storage is
// sealed it may not be left there. It survives going to another conversation and a lost connection, not the end of the person's session.
const drafts = new Map<string, string>();

export const draftOf = (conversation: string): string => drafts.get(conversation) ?? "";

export function keepDraft(conversation: string, text: string): void {
  if (text) drafts.set(conversation, text);
  else drafts.delete(conversation);
}

export const dropDrafts = (): void => drafts.clear();

export const hasDrafts = (): boolean => drafts.size > 0;
