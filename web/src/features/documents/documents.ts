// The documents that a message asks for, as the person sees them: with what they said of one and is not confirmed yet, and
// with the files for one that are still on their way.
import type { RequestedDocument, StoredMessage } from "../../api/protocol";
import { plural } from "../../i18n/text";
import type { Alteration, Pending } from "../../state/state";
import { filesInWords } from "../files/words";

/** The list with what is wanted and not refused. */
export const withWishes = (list: readonly RequestedDocument[], wanted: readonly Alteration[]): readonly RequestedDocument[] =>
  wanted.reduce((known, { wish, text }) => {
    if (wish.type !== "settle" || text !== undefined) return known;
    return known.map((one, i) => (i + 1 === wish.number && Boolean(one.done) !== wish.done ? { name: one.name, done: wish.done } : one));
  }, list);

/** The list of a message that is stored, or still to be. */
export const listOf = (stored: StoredMessage | null, pending: Pending | null): readonly RequestedDocument[] =>
  stored?.documents ?? pending?.documents?.map((name) => ({ name })) ?? [];

/** The name of the document that a message brings, of those that `asking` asks for. */
export function broughtBy(asking: StoredMessage | undefined, stored: StoredMessage | null, pending: Pending | null): string | undefined {
  const list = asking?.documents ?? [];
  return (stored ? list.find(({ answer }) => answer === stored.seq) : list[(pending?.answers ?? 0) - 1])?.name;
}

type Without = Pick<StoredMessage | Pending, "files" | "documents">;

/** What a message without a text says: "Vraagt om 3 documenten", "brief.pdf". */
export const withoutText = ({ documents = [], files = [] }: Without): string =>
  documents.length > 0 ? plural("documents.asks", documents.length) : filesInWords(files);
