// What the composer is about to do besides writing a new message, told to it by the messages' own buttons. A draft is left
// as it is while something else stands in the field.
import { signal } from "@preact/signals";
import { draftOf, keepDraft } from "./drafts";

export interface Editing {
  readonly type: "edit";
  readonly conversation: string;
  readonly seq: number;
  readonly body: string;
}

export interface Replying {
  readonly type: "reply";
  readonly conversation: string;
  readonly seq: number;
}

export type Task = Editing | Replying;

export const task = signal<Task | null>(null);

/** Counts up when the field has to show the draft anew. */
export const redrawn = signal(0);

/** Puts a text in the field that is not to be lost, before what is being written there, with what it answered. */
export function restore(conversation: string, text: string, replyTo?: number | null): void {
  keepDraft(conversation, [text, draftOf(conversation)].filter(Boolean).join("\n"));
  task.value = replyTo ? { type: "reply", conversation, seq: replyTo } : null;
  redrawn.value += 1;
}
