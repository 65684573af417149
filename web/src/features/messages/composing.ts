// What the composer is about to do besides writing a new message, told to it by the messages' own buttons.
import { signal } from "@preact/signals";

/** A text to put back in the field, for what was undone. */
export const restored = signal<{ readonly conversation: string; readonly text: string } | null>(null);
