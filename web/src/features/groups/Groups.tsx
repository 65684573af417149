// The groups one is in; staff make new ones here.
import { useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { isStaff, matches, newestFirst, placeOf, titleOf } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { SearchField } from "../../ui/SearchField";
import { MessageHits } from "../search/MessageHits";
import { ConversationItem } from "../conversations/ConversationItem";
import { NewGroup } from "./NewGroup";

export function Groups({ chosen }: { chosen: string | null }) {
  const [sought, seek] = useState("");
  const [making, setMaking] = useState(false);
  const now = state.value;
  const all = newestFirst(now).filter((held) => placeOf(now, held) === "groups");
  const found = all.filter((held) => matches(titleOf(now, held), sought));
  return (
    <section class="list" aria-labelledby="list-title">
      <div class="list-head">
        <h2 id="list-title">{t("menu.groups")}</h2>
        {isStaff(now) && (
          <div class="list-actions">
            <button type="button" class="button small" onClick={() => setMaking(true)}>
              <Icon name="plus" size={20} />
              {t("groups.new")}
            </button>
          </div>
        )}
        {all.length > 0 && <SearchField label={t("groups.search")} value={sought} onInput={seek} />}
      </div>
      <div class="list-body">
        {all.length === 0 && <None />}
        {all.length > 0 && found.length === 0 && <p class="list-none">{t("list.noneNamed", { sought })}</p>}
        <ul>
          {found.map((held) => (
            <ConversationItem key={held.id} held={held} chosen={held.id === chosen} />
          ))}
        </ul>
        <MessageHits sought={sought} />
      </div>
      {making && <NewGroup onClose={() => setMaking(false)} />}
    </section>
  );
}

function None() {
  return (
    <div class="empty">
      <Icon name="groups" size={40} />
      <h3>{t("groups.none")}</h3>
      <p>{t(isStaff(state.value) ? "groups.noneStaff" : "groups.noneClient")}</p>
    </div>
  );
}
