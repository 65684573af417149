// Where the focus goes when what had it is gone from the open conversation: to the field where one goes on writing. On a
// touch screen that would open the keyboard over the messages, so there it goes to the messages.

/** Who came to one message has the focus there, and keeps it. */
export const isAtMessage = (): boolean => document.activeElement?.closest("[data-seq]") != null;

export function focusOnConversation(): void {
  const fine = matchMedia("(pointer: fine)").matches;
  document.querySelector<HTMLElement>(fine ? ".composer textarea" : ".log")?.focus({ preventScroll: true });
}
