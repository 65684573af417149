// Which file of a conversation is being looked at.
import { signal } from "@preact/signals";

export interface Viewing {
  readonly conversation: string;
  readonly file: string;
}

export const viewing = signal<Viewing | null>(null);
