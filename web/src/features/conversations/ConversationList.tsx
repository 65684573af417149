// All conversations, newest first, with a search by name.
import { useState } from "preact/hooks";
import { t, type Key } from "../../i18n/text";
import { follow } from "../../platform/router";
import { state } from "../../realtime/store";
import { isStaff, matches, mayInvite, newestFirst, placeOf, titleOf } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { SearchField } from "../../ui/SearchField";
import { MessageHits } from "../search/MessageHits";
import { ConversationItem } from "./ConversationItem";
import { StaffActions } from "./StaffActions";

export function ConversationList({ chosen }: { chosen: string | null }) {
  const [sought, seek] = useState("");
  const now = state.value;
  const all = newestFirst(now).filter((held) => placeOf(now, held) === "conversations");
  const found = all.filter((held) => matches(titleOf(now, held), sought));
  return (
    <section class="list" aria-labelledby="list-title">
      <div class="list-head">
        <div class="list-title">
          <h2 id="list-title" tabIndex={-1}>{t("menu.conversations")}</h2>
          {mayInvite(now) && (
            <a class="to-invitations narrow-only" href="/uitnodigingen" onClick={follow}>
              <Icon name="invitations" size={20} />
              {t("menu.invitations")}
            </a>
          )}
        </div>
        {isStaff(now) && <StaffActions />}
        <SearchField label={t("conversations.search")} value={sought} onInput={seek} />
      </div>
      <div class="list-body">
        {all.length === 0 && <Nothing />}
        {all.length > 0 && found.length === 0 && <p class="list-none">{t("list.noneNamed", { sought })}</p>}
        <ul>
          {found.map((held) => (
            <ConversationItem key={held.id} held={held} chosen={held.id === chosen} />
          ))}
        </ul>
        <MessageHits sought={sought} />
      </div>
    </section>
  );
}

function Nothing() {
  return (
    <div class="empty">
      <Icon name="conversations" size={40} />
      <h3>{t("conversations.none")}</h3>
      <p>{t(whatToDo())}</p>
    </div>
  );
}

/** What the server would refuse is not held out. */
function whatToDo(): Key {
  if (!isStaff(state.value)) return "conversations.noneClient";
  return mayInvite(state.value) ? "conversations.noneInviting" : "conversations.noneStaff";
}
