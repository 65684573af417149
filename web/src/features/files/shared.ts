// How the files of the tray are shared out among messages: a message brings one document, so what was chosen for several
// goes in as many. The text goes with the files that are for none, else with the first document; unless it answers
// another message, then it goes alone.
import type { Content } from "../../realtime/session";

/** The document that a file is, of those that message `seq` asks for. */
export interface Asked {
  readonly seq: number;
  readonly number: number;
  readonly name: string;
}

interface Chosen {
  readonly key: string;
  readonly asked: Asked | null;
}

export interface Group<T extends Chosen> {
  /** Null for files that nobody asked for; they come first. */
  readonly asked: Asked | null;
  readonly uploads: readonly T[];
}

export const isSame = (one: Asked | null, other: Asked | null): boolean =>
  one?.seq === other?.seq && one?.number === other?.number;

export function groups<T extends Chosen>(tray: readonly T[]): readonly Group<T>[] {
  const kinds = tray.map(({ asked }) => asked).filter((asked, i, all) => all.findIndex((other) => isSame(asked, other)) === i);
  return kinds
    .sort((a, b) => Number(a !== null) - Number(b !== null))
    .map((asked) => ({ asked, uploads: tray.filter((one) => isSame(one.asked, asked)) }));
}

/** What the next messages take, `most` files each; the rest stays for those after. */
export const fitting = <T extends Chosen>(tray: readonly T[], most: number): readonly T[] =>
  groups(tray).flatMap(({ uploads }) => uploads.slice(0, most));

interface Share {
  readonly content: Content;
  /** Their keys. */
  readonly uploads: readonly string[];
}

export function shared(content: Content, [first, ...others]: readonly Group<Chosen>[]): readonly Share[] {
  if (!first) return [];
  const elsewhere = first.asked !== null && content.replyTo !== undefined && content.replyTo !== first.asked.seq;
  if (elsewhere && content.body) return [{ content, uploads: [] }, ...[first, ...others].map((one) => share({ body: "" }, one))];
  return [share(content, first), ...others.map((one) => share({ body: "" }, one))];
}

const share = (content: Content, { asked, uploads }: Group<Chosen>): Share => ({
  content: asked ? { ...content, replyTo: asked.seq, answers: asked.number } : content,
  uploads: uploads.map(({ key }) => key),
});
