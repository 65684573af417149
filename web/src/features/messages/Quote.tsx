// What a message answers, above its text. It leads there.
import type { StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { goTo } from "./go-to";
import { authorOf, excerptOf } from "./quoted";

interface Props {
  readonly conversation: string;
  readonly seq: number;
  readonly message: StoredMessage | undefined;
  /** The document of those it asks for that is answered here. */
  readonly brings: string | undefined;
}

export function Quote({ conversation, seq, message, brings }: Props) {
  return (
    <button type="button" class="quote" onClick={() => goTo(conversation, seq)}>
      <span class="only-read">{t("quote.answers")} </span>
      <strong>{authorOf(message)}</strong>
      <span class="quote-words">{brings ? t("documents.for", { name: brings }) : excerptOf(message)}</span>
    </button>
  );
}
