// The messenger's frame: the menu, and beside it what the address says. On a telephone one pane shows at a time; which
// one follows from the address, so that the back button does what people expect.
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/text";
import { appName } from "../../platform/look";
import { after, path } from "../../platform/router";
import { PLACE } from "../../platform/sharing";
import { isLoading, state } from "../../realtime/store";
import { isStaff, mayAdminister, mayInvite, mayReviewBreakGlass, mayReviewRecoveries } from "../../state/select";
import { isShown, place } from "../calls/calls";
import { Ring } from "../calls/Ring";
import { ringing } from "../calls/ring";
import { Contacts } from "../conversations/Contacts";
import { ConversationList } from "../conversations/ConversationList";
import { ListComing } from "../conversations/ListComing";
import { ConversationPane } from "../conversations/ConversationPane";
import { RenewalNotice } from "../device/RenewalNotice";
import { FilesTabs, NEEDED } from "../documents/FilesTabs";
import { viewing } from "../files/viewing";
import { FirstStart } from "../accounts/FirstStart";
import { Need } from "../plans/Need";
import { PlanPage } from "../plans/PlanPage";
import { Groups } from "../groups/Groups";
import { SecondFactorBanner } from "../second-factor/SecondFactorBanner";
import { Inbox } from "../teams/Inbox";
import { LineState, useLineGone } from "./LineState";
import { hasList, listPath } from "../../state/list-path";
import { Menu } from "./Menu";
import { NoConversation, NotFound } from "./EmptyStates";
import { unreadTotal } from "./unread";
import { focusWhenLost } from "../../ui/focus";
import { later } from "../../ui/later";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { WidePane } from "../../ui/WidePane";

const FilesPage = later(async () => (await import("../files/FilesPage")).FilesPage, () => <ListSkeleton />);
const NeededPage = later(async () => (await import("../documents/NeededPage")).NeededPage, () => <ListSkeleton />);
const HelpPage = later(async () => (await import("../help/HelpPage")).HelpPage, () => <ListSkeleton />);
const SharedPage = later(async () => (await import("../device/SharedPage")).SharedPage, () => <ListSkeleton />);
const Settings = later(async () => (await import("../accounts/Settings")).Settings, () => <ListSkeleton />);
const Invitations = later(async () => (await import("../invitations/Invitations")).Invitations, () => <Coming title={t("menu.invitations")} />);
const Console = later(async () => (await import("../console/Console")).Console, () => <Coming title={t("menu.manage")} />);
const Uses = later(async () => (await import("../break-glass/Uses")).Uses, () => <Coming title={t("menu.breakGlass")} />);
const Recoveries = later(async () => (await import("../factor-recovery/Recoveries")).Recoveries, () => <Coming title={t("recovery.title")} />);
const CallPart = later(async () => (await import("../calls/CallPart")).CallPart, () => isShown() && <CallComes />);
const Viewer = later(async () => (await import("../files/Viewer")).Viewer, () => null);

function Coming({ title }: { title: string }) {
  return (
    <WidePane title={title}>
      <ListSkeleton />
    </WidePane>
  );
}

function CallComes() {
  return (
    <main class="call-comes" id="content">
      <h1 class="only-read">{t("calls.title")}</h1>
      <ListSkeleton />
    </main>
  );
}

export function Messenger() {
  const id = after("/gesprekken/");
  const gone = useLineGone();
  useTitle();
  useReturn(id);
  useReturnFromCall();
  return (
    <div class={frameOf(id)}>
      {!isShown() && <Frame id={id} gone={gone} />}
      {place.value && <CallPart />}
      <Ring />
      {viewing.value && <Viewer />}
    </div>
  );
}

function frameOf(id: string | null): string {
  if (isShown()) return "messenger in-call in-conversation";
  const strip = place.value && place.value.phase !== "lobby" ? " with-strip" : "";
  return `messenger${id ? " in-conversation" : ""}${strip}`;
}

/** Back from a call, the focus goes to the conversation, or to what one came from. */
function useReturnFromCall(): void {
  const shown = isShown();
  const before = useRef(shown);
  useEffect(() => {
    if (before.current && !shown) focusWhenLost("#conversation-title", "#list-title", "#content");
    before.current = shown;
  }, [shown]);
}

function Frame({ id, gone }: { id: string | null; gone: boolean }) {
  return (
    <>
      <a class="skip" href="#content">
        {t("menu.skip")}
      </a>
      <Menu key={isStaff(state.value) ? "staff" : "client"} gone={gone} />
      <main class="panes" id="content" tabIndex={-1}>
        <h1 class="only-read">{t("app.name")}</h1>
        <FirstStart emergency={!id} />
        <SecondFactorBanner />
        <RenewalNotice />
        <div class="pane-row">
          <Panes id={id} gone={gone} />
        </div>
        {!id && <LineState gone={gone} />}
      </main>
    </>
  );
}

function Panes({ id, gone }: { id: string | null; gone: boolean }) {
  if (listPath(state.value, path.value) === "/beheer" && mayAdminister(state.value)) return <Console />;
  if (path.value === "/uitnodigingen" && mayInvite(state.value)) return <Invitations />;
  const planned = after("/signaleringsplan/");
  if (planned) return <PlanPage key={planned} client={planned} gone={gone} />;
  if (listPath(state.value, path.value) === "/hulp") {
    return (
      <WidePane title={t("menu.help")}>
        <HelpPage gone={gone} />
      </WidePane>
    );
  }
  if (listPath(state.value, path.value) === "/instellingen") {
    return (
      <WidePane title={t("menu.settings")}>
        <Settings gone={gone} />
      </WidePane>
    );
  }
  if (path.value === "/noodtoegang" && mayReviewBreakGlass(state.value)) return <Uses />;
  if (path.value === "/herstel" && mayReviewRecoveries(state.value)) return <Recoveries />;
  switch (path.value) {
    case "/hulp-bij-nood":
      return <Need gone={gone} />;
    case "/contacten":
      return (
        <>
          <Contacts />
          <NoConversation text={t("contacts.choose")} />
        </>
      );
    case "/bestanden":
    case NEEDED:
      return (
        <WidePane title={t("menu.files")}>
          <FilesTabs />
          {path.value === NEEDED ? <NeededPage /> : <FilesPage />}
        </WidePane>
      );
    case PLACE:
      return (
        <WidePane title={t("share.title")}>
          <SharedPage />
        </WidePane>
      );
    default:
      if (!id && !hasList(state.value, path.value)) return <NotFound />;
  }
  return (
    <>
      <List chosen={id} />
      {id ? (
        <ConversationPane key={id} id={id}>
          <LineState gone={gone} writing />
        </ConversationPane>
      ) : (
        <NoConversation text={t("conversations.choose")} />
      )}
    </>
  );
}

/** Back from a conversation, the focus goes to where it stands in the list. */
function useReturn(id: string | null): void {
  const before = useRef(id);
  useEffect(() => {
    const left = before.current;
    before.current = id;
    if (left && !id) focusWhenLost(`.item[href="/gesprekken/${CSS.escape(left)}"]`, "#list-title");
  }, [id]);
}

function List({ chosen }: { chosen: string | null }) {
  const list = listPath(state.value, path.value);
  if (isLoading.value) return <ListComing title={t(list === "/groepsgesprekken" ? "menu.groups" : "menu.conversations")} />;
  const team = after("/team/", list);
  if (team && state.value.teams.some((one) => one.id === team && one.mine)) return <Inbox key={team} team={team} chosen={about(chosen)} />;
  return list === "/groepsgesprekken" ? <Groups chosen={chosen} /> : <ConversationList chosen={chosen} />;
}

const about = (id: string | null) => (id && state.value.conversations[id]?.notesOf) || id;

/** Only a number: a name in the title could be read in a shared screen or a browser's history. */
function useTitle(): void {
  const unread = state.value.me ? unreadTotal() : 0;
  const rings = ringing.value ? `${t("calls.ringsTitle")} – ` : "";
  const name = appName();
  useEffect(() => {
    document.title = unread > 0 ? `${rings}(${unread}) ${name}` : rings + name;
  });
}
