// Where something that another app shared goes: the person chooses a conversation, and finds it there in the field and
// beside it, to be sent or not.
import { plural, t } from "../../i18n/text";
import { navigate } from "../../platform/router";
import { received } from "../../platform/sharing";
import { isLoading, state } from "../../realtime/store";
import { newestFirst, titleOf } from "../../state/select";
import type { Held } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { choose } from "../files/uploads";
import { restore } from "../messages/composing";

/** Characters of a shared text by which it is recognised; the conversations stand below it. */
const SHOWN = 300;

const beginning = (text: string): string => {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : text;
};

export function SharedPage() {
  const shared = received.value;
  if (!shared) return <p>{t("share.nothing")}</p>;
  const open = newestFirst(state.value).filter((held) => !held.closed);
  const take = (held: Held) => {
    received.value = null;
    if (shared.text) restore(held.id, shared.text);
    if (shared.files.length > 0) choose(held.id, shared.files);
    navigate(`/gesprekken/${held.id}`, { replace: true });
  };
  return (
    <>
      <p>{t(open.length > 0 || isLoading.value ? "share.choose" : "conversations.none")}</p>
      {shared.text && <blockquote class="shared-text">{beginning(shared.text)}</blockquote>}
      {shared.files.length > 0 && <p class="quiet">{plural("share.files", shared.files.length)}</p>}
      <ul class="choose">
        {open.map((held) => {
          const title = titleOf(state.value, held) || t("conversations.alone");
          return (
            <li key={held.id}>
              <button type="button" class="item" onClick={() => take(held)}>
                <Avatar name={title} />
                <span class="item-text">
                  <span class="item-name">{title}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
