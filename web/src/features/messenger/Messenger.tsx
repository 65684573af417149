// The messenger's frame: the menu, and beside it what the address says. On a telephone one pane shows at a time; which
// one follows from the address, so that the back button does what people expect.
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/text";
import { after, path } from "../../platform/router";
import { state } from "../../realtime/store";
import { mayAdminister, mayInvite } from "../../state/select";
import { Settings } from "../accounts/Settings";
import { Contacts } from "../conversations/Contacts";
import { ConversationList } from "../conversations/ConversationList";
import { ConversationPane } from "../conversations/ConversationPane";
import { FirstStart } from "../accounts/FirstStart";
import { Console } from "../console/Console";
import { Invitations } from "../invitations/Invitations";
import { Groups } from "../groups/Groups";
import { Inbox } from "../teams/Inbox";
import { LineState } from "./LineState";
import { listPath } from "./list-path";
import { Menu } from "./Menu";
import { NoConversation, NotYet } from "./EmptyStates";
import { unreadTotal } from "./unread";
import { WidePane } from "../../ui/WidePane";

export function Messenger() {
  const id = after("/gesprekken/");
  useTitle();
  return (
    <div class={id ? "messenger in-conversation" : "messenger"}>
      <a class="skip" href="#content">
        {t("menu.skip")}
      </a>
      <Menu />
      <main class="panes" id="content" tabIndex={-1}>
        <h1 class="only-read">{t("app.name")}</h1>
        <LineState />
        <FirstStart />
        <div class="pane-row">
          <Panes id={id} />
        </div>
      </main>
    </div>
  );
}

function Panes({ id }: { id: string | null }) {
  if (listPath(state.value, path.value) === "/beheer" && mayAdminister(state.value)) return <Console />;
  if (path.value === "/uitnodigingen" && mayInvite(state.value)) return <Invitations />;
  switch (path.value) {
    case "/contacten":
      return (
        <>
          <Contacts />
          <NoConversation text={t("contacts.choose")} />
        </>
      );
    case "/bestanden":
      return <NotYet title={t("menu.files")} icon="files" head={t("files.empty")} text={t("files.later")} />;
    case "/instellingen":
      return (
        <WidePane title={t("menu.settings")}>
          <Settings />
        </WidePane>
      );
    default:
      return (
        <>
          <List chosen={id} />
          {id ? <ConversationPane key={id} id={id} /> : <NoConversation text={t("conversations.choose")} />}
        </>
      );
  }
}

function List({ chosen }: { chosen: string | null }) {
  const list = listPath(state.value, path.value);
  const team = after("/team/", list);
  if (team && state.value.teams.some((one) => one.id === team && one.mine)) return <Inbox key={team} team={team} chosen={about(chosen)} />;
  return list === "/groepsgesprekken" ? <Groups chosen={chosen} /> : <ConversationList chosen={chosen} />;
}

const about = (id: string | null) => (id && state.value.conversations[id]?.notesOf) || id;

/** Only a number: a name in the title could be read in a shared screen or a browser's history. */
function useTitle(): void {
  const unread = state.value.me ? unreadTotal() : 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${t("app.name")}` : t("app.name");
  });
}
