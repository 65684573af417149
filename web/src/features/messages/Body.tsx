// A message's text as text: only addresses and the names of who is mentioned stand apart.
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { pieces } from "./links";
import { withMentions } from "./mentions";

export function Body({ id, text, mentions }: { id: string; text: string; mentions: readonly string[] }) {
  const { me, people } = state.value;
  const named = mentions.map((one) => people[one]).filter((person) => person !== undefined);
  return (
    <p class="body" dir="auto" id={id}>
      {withMentions(pieces(text), named).map((piece, i) => {
        if (typeof piece === "string") return piece;
        if ("href" in piece)
          return (
            <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {piece.text}
            </a>
          );
        return (
          <strong key={i} class={piece.id === me?.id ? "mention me" : "mention"}>
            {piece.mention}
            {piece.id === me?.id && <span class="only-read"> ({t("mention.you")})</span>}
          </strong>
        );
      })}
    </p>
  );
}
