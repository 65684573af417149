// What a message answers, above its text. It leads there.
import type { StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { goTo } from "./go-to";
import { authorOf, excerptOf } from "./quoted";

interface Props {
  readonly conversation: string;
  readonly seq: number;
  readonly message: StoredMessage | undefined;
}

export function Quote({ conversation, seq, message }: Props) {
  return (
    <button type="button" class="quote" onClick={() => goTo(conversation, seq)}>
      <span class="only-read">{t("quote.answers")} </span>
      <strong>{authorOf(message)}</strong>
      <span class="quote-words">{excerptOf(message)}</span>
    </button>
  );
}
