// Where a list of the server's meets what this device knows since: what is gone leaves the list at once, and what came is
// a reason to ask again.
import type { Listed, Listing } from "../../api/files";
import { bottomOf, type State } from "../../state/state";

type Place = Pick<Listed, "conversation" | "seq">;

/** Whether one may still see it: one takes part in its conversation, and its message was not withdrawn. */
export function stands(state: State, { conversation, seq }: Place): boolean {
  if (state.me === null) return true;
  const held = state.conversations[conversation];
  return held !== undefined && !held.messages[seq - bottomOf(held)]?.withdrawnAt;
}

/** Another text when there is something else to list: a file that came, was checked or went, or a conversation. */
export function listableIn({ conversations }: State, conversation?: string): string {
  const those = Object.values(conversations).filter(({ id }) => !conversation || id === conversation);
  const files = those.flatMap(({ messages }) => messages).flatMap(({ files = [] }) => files);
  return [...those.map(({ id }) => id), ...files.filter((file) => file.state === "ready").map(({ id }) => id)].join(" ");
}

const isSame = (one: Listed, other: Listed): boolean =>
  one.file.id === other.file.id && one.conversation === other.conversation && one.seq === other.seq;

/** The newest, as they are now, above the older ones that were fetched before; alone where something lies between. */
export function renewed(before: Listing, newest: Listing): Listing {
  const last = newest.files.at(-1);
  const place = last ? before.files.findIndex((one) => isSame(one, last)) : -1;
  if (!newest.more || place < 0) return newest;
  return { ...before, files: [...newest.files, ...before.files.slice(place + 1)], people: [...newest.people, ...before.people] };
}
