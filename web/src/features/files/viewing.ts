// Which file is being looked at, and among which others. It is a step of the page it was opened from, so that the browser's
// own button and a telephone's back gesture close it.
import { computed, signal } from "@preact/signals";
import type { Listed } from "../../api/files";
import type { Person, SharedFile, StoredMessage } from "../../api/protocol";
import { after, enter, leave, step } from "../../platform/router";
import { goTo } from "../messages/go-to";

export interface Viewing {
  readonly file: string;
  readonly conversation: string;
  /** The list one came from; without it, what of the conversation is on this device. */
  readonly among?: readonly Listed[];
  /** Who sent something of that list and is not known otherwise. */
  readonly people?: readonly Person[];
}

const STEP = "viewer";
const viewed = signal<Viewing | null>(null);

export const viewing = computed(() => (step.value === STEP ? viewed.value : null));

export function view(what: Viewing): void {
  viewed.value = what;
  enter(STEP);
}

export function turnTo({ file, conversation }: Listed): void {
  viewed.value = viewed.peek() && { ...viewed.peek(), file: file.id, conversation };
}

export const closeViewer = (): void => leave(STEP);

export function dropViewing(): void {
  viewed.value = null;
}

/** To the message of a file: the viewer goes first, for what lies under it takes no focus. */
export function toMessage({ conversation, seq }: Pick<Listed, "conversation" | "seq">): void {
  const inside = after("/gesprekken/") === conversation;
  if (!viewing.peek() || !inside) return goTo(conversation, seq, { replace: viewing.peek() !== null });
  addEventListener("popstate", () => requestAnimationFrame(() => goTo(conversation, seq)), { once: true });
  closeViewer();
}

export const isViewable = (file: SharedFile): boolean =>
  file.state === "ready" && (file.kind === "picture" || (file.kind === "pdf" && (file.pages ?? 0) > 0));

/** What can be looked at of the messages that are held, as they stand below each other. */
export const viewableIn = (conversation: string, messages: readonly StoredMessage[]): readonly Listed[] =>
  messages.flatMap(({ seq, sender, at, files = [] }) =>
    files.filter(isViewable).map((file) => ({ file, conversation, seq, sender, at })),
  );
