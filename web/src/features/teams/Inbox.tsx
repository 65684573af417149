// A team's inbox: the clients' conversations that its members answer together.
import { useState } from "preact/hooks";
import { plural, t, type Key } from "../../i18n/text";
import { follow } from "../../platform/router";
import { state } from "../../realtime/store";
import { mayInvite, matches, titleOf } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { SearchField } from "../../ui/SearchField";
import { NEEDED } from "../documents/FilesTabs";
import { MessageHits } from "../search/MessageHits";
import { ConversationItem } from "../conversations/ConversationItem";
import { StaffActions } from "../conversations/StaffActions";
import { CaseWords } from "./CaseWords";
import { inboxOf, isLate, isWaiting, shelf, SHELVES, type Shelf } from "./inbox";

const NAMES: Readonly<Record<Shelf, Key>> = { open: "inbox.open", late: "inbox.tooLate", mine: "inbox.mine", handled: "inbox.handled" };
const NONE: Readonly<Record<Shelf, Key>> = {
  open: "inbox.noneOpen",
  late: "inbox.noneLate",
  mine: "inbox.noneMine",
  handled: "inbox.noneHandled",
};
const chosenShelf = new Map<string, Shelf>();

export function Inbox({ team, chosen }: { team: string; chosen: string | null }) {
  const now = state.value;
  const [which, setWhich] = useState<Shelf>(() => chosenShelf.get(team) ?? "open");
  const [sought, seek] = useState("");
  const all = inboxOf(now, team);
  const shown = shelf(now, all, which, new Date()).filter((held) => matches(titleOf(now, held), sought));
  const choose = (next: Shelf) => {
    chosenShelf.set(team, next);
    setWhich(next);
  };
  return (
    <section class="list" aria-labelledby="list-title">
      <div class="list-head">
        <h2 id="list-title">{now.teams.find((one) => one.id === team)?.name}</h2>
        {mayInvite(now) && <StaffActions />}
        <Waiting waiting={all.filter(isWaiting).length} late={all.filter((held) => isLate(held, new Date())).length} />
        <a class="needed-link" href={NEEDED} onClick={follow}>
          <Icon name="checklist" size={18} />
          {t("documents.neededLink")}
        </a>
        <div class="shelves" role="group" aria-label={t("inbox.shelves")}>
          {SHELVES.map((one) => (
            <button key={one} type="button" class="shelf" aria-pressed={one === which} onClick={() => choose(one)}>
              {t(NAMES[one])} <span class="quiet">{shelf(now, all, one, new Date()).length}</span>
            </button>
          ))}
        </div>
        <SearchField label={t("conversations.search")} value={sought} onInput={seek} />
      </div>
      <div class="list-body">
        {shown.length === 0 && <Nothing sought={sought} which={which} />}
        <ul>
          {shown.map((held) => (
            <ConversationItem key={held.id} held={held} chosen={held.id === chosen} under={<CaseWords held={held} />} />
          ))}
        </ul>
        <MessageHits sought={sought} />
      </div>
    </section>
  );
}

function Waiting({ waiting, late }: { waiting: number; late: number }) {
  return (
    <p class="inbox-waiting" role="status">
      {waiting === 0 ? t("inbox.nobodyWaits") : plural("inbox.waiting", waiting)}
      {late > 0 && (
        <strong class="late">
          <Icon name="warning" size={18} />
          {plural("inbox.late", late)}
        </strong>
      )}
    </p>
  );
}

function Nothing({ sought, which }: { sought: string; which: Shelf }) {
  if (sought) return <p class="list-none">{t("list.noneNamed", { sought })}</p>;
  return (
    <div class="empty">
      <Icon name="check" size={40} />
      <p>{t(NONE[which])}</p>
    </div>
  );
}
