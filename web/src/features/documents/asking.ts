// What staff are about to ask for, by conversation, and in which conversation the dialog for it is open. In memory only,
// like every draft; it survives that the dialog is closed, and that a request is undone.
import { signal } from "@preact/signals";

export interface Request {
  readonly names: readonly string[];
  readonly text: string;
}

const EMPTY: Request = { names: [""], text: "" };
const drafts = new Map<string, Request>();

export const asking = signal<string | null>(null);

export const requestOf = (conversation: string): Request => drafts.get(conversation) ?? EMPTY;

/** The names as they are sent: those that were filled in, with single spaces. */
export const namesIn = ({ names }: Request): readonly string[] =>
  names.map((name) => name.trim().replace(/\s+/g, " ")).filter(Boolean);

export function keepRequest(conversation: string, request: Request): void {
  if (namesIn(request).length > 0 || request.text.trim()) drafts.set(conversation, request);
  else drafts.delete(conversation);
}

/** Puts a request that was taken back in the dialog again. */
export function askAnew(conversation: string, request: Request): void {
  keepRequest(conversation, request);
  asking.value = conversation;
}

export const hasRequests = (): boolean => drafts.size > 0;

export function dropRequests(): void {
  drafts.clear();
  asking.value = null;
}
