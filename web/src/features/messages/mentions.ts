// Mentions: a name after an @ in a conversation of more than two. What is sent is the text and the ids of who is named in
// it; so a name that was changed by hand mentions nobody. A client is named as other clients know them: they may read it,
// now or when they come later.
import type { Person } from "../../api/protocol";
import { matches, nameOf } from "../../state/select";
import type { Piece } from "./links";

const MOST = 8;
const PAIR = 2;

export interface Sought {
  /** Where the @ stands. */
  readonly from: number;
  readonly words: string;
}

/** The name that is being typed before the caret; null where none is. */
export function soughtIn(text: string, caret: number): Sought | null {
  const match = /(?:^|[\s(])@([\p{L}\p{M}'’ -]{0,40})$/u.exec(text.slice(0, caret));
  return match ? { from: caret - (match[1] ?? "").length - 1, words: match[1] ?? "" } : null;
}

/** Whom to offer: of the others in a conversation of more than two, those whose name holds the words. */
export const offered = (others: readonly Person[], { words }: Sought): readonly Person[] =>
  others.length < PAIR || words.startsWith(" ") ? [] : others.filter((one) => matches(`${nameOf(one)} ${one.groupName ?? ""}`, words)).slice(0, MOST);

const written = (person: Person): string => `@${person.groupName || nameOf(person)}`;

/** The text with the name of `person` in place of what was typed of it, and where the caret then stands. */
export function complete(text: string, { from, words }: Sought, person: Person): { text: string; caret: number } {
  const head = `${text.slice(0, from)}${written(person)} `;
  return { text: head + text.slice(from + 1 + words.length).trimStart(), caret: head.length };
}

/** The ids of who is named in a text. */
export const mentionedIn = (text: string, others: readonly Person[]): readonly string[] =>
  others.length < PAIR ? [] : others.filter((one) => text.includes(written(one))).map((one) => one.id);

export interface Mention {
  readonly mention: string;
  readonly id: string;
}

/** Takes the names out of pieces of text, so that they can be drawn apart. Longer names go before shorter ones. */
export function withMentions(pieces: readonly Piece[], people: readonly Person[]): readonly (Piece | Mention)[] {
  const names = [...people].sort((a, b) => written(b).length - written(a).length);
  return names.reduce<readonly (Piece | Mention)[]>(
    (found, person) => found.flatMap((piece): readonly (Piece | Mention)[] => (typeof piece === "string" ? split(piece, person) : [piece])),
    pieces,
  );
}

function split(text: string, person: Person): (string | Mention)[] {
  const [first = "", ...rest] = text.split(written(person));
  const parts = rest.flatMap((part) => [{ mention: written(person), id: person.id }, part]);
  return [first, ...parts].filter((part) => part !== "");
}
