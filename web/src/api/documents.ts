// What is still missing of the documents that were asked for.
import { request } from "./http";

/** A document that was asked for and has not come: document `number` of message `seq`. */
export interface Needed {
  readonly conversation: string;
  readonly seq: number;
  readonly number: number;
  readonly name: string;
  readonly sender: string;
  readonly at: string;
}

/** Everywhere, the oldest first. */
export const listNeeded = (): Promise<{ readonly documents: readonly Needed[] }> => request("GET", "/documents");
