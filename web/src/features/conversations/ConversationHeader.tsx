// Who is on the other side, and the notice that this is not for emergencies. After opening from the list on a telephone
// the focus is put here, so that a screen reader starts at the name.
import { useEffect, useRef, useState } from "preact/hooks";
import { plural, t } from "../../i18n/text";
import { back, path } from "../../platform/router";
import { state } from "../../realtime/store";
import { listPath } from "../../state/list-path";
import { othersIn, titleOf } from "../../state/select";
import type { Held } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { Icon } from "../../ui/Icon";
import { CallButton, hasCallButton } from "../calls/CallButton";
import { FilesLink } from "../files/FilesLink";
import { GroupDialog } from "../groups/GroupDialog";
import { GroupSymbol } from "../groups/GroupSymbol";
import { isAtMessage } from "../messages/focus";
import { MuteMenu } from "../notifications/MuteMenu";
import { AnswerLine } from "../organisations/AnswerLine";
import { EmergencyNotice } from "../organisations/EmergencyNotice";
import { isClientIn } from "../organisations/answering";
import { Here } from "../organisations/Here";
import { roleName } from "../organisations/roles";
import { NeedLink } from "../plans/NeedLink";
import { PlanLink } from "../plans/PlanLink";

export function ConversationHeader({ held }: { held: Held }) {
  const [open, setOpen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isAtMessage() && !matchMedia("(pointer: fine)").matches) heading.current?.focus({ preventScroll: true });
  }, []);
  const title = titleOf(state.value, held) || t("conversations.alone");
  return (
    <header class={hasCallButton(held) ? "conversation-head with-call" : "conversation-head"}>
      <Back />
      {held.kind === "group" ? <GroupSymbol symbol={held.symbol} picture={held.picture} /> : <Avatar name={title} />}
      <div class="conversation-who">
        <h2 id="conversation-title" title={title} tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <p class="quiet conversation-role">
          {held.kind === "group" && (
            <button type="button" class="text-button" onClick={() => setOpen(true)}>
              {plural("groups.count", held.participants.length)}
            </button>
          )}
          <span>{subtitle(held)}</span>
          {held.kind !== "group" && !held.notesOf && <Here person={othersIn(state.value, held)[0]?.id} worded />}
        </p>
      </div>
      {open && <GroupDialog held={held} onClose={() => setOpen(false)} />}
      <span class="head-tools">
        <FilesLink conversation={held.id} />
        <MuteMenu key={held.id} conversation={held.id} />
      </span>
      {held.kind === "treatment" && held.client && <PlanLink client={held.client} look="head-link" />}
      <NeedLink />
      <CallButton held={held} />
      <AnswerLine held={held} />
      {isClientIn(state.value, held) && (
        <p class="emergency">
          <Icon name="info" size={18} />
          <span>
            <EmergencyNotice organisation={held.organisation} />
          </span>
        </p>
      )}
    </header>
  );
}

export function Back() {
  const list = listPath(state.value, path.value);
  return (
    <button type="button" class="icon-button narrow-only" aria-label={t("conversation.back")} onClick={() => back(list)}>
      <Icon name="back" />
    </button>
  );
}

function subtitle(held: Held): string {
  const now = state.value;
  const organisation = now.organisations.find((o) => o.id === held.organisation);
  const role = held.kind === "group" || held.notesOf ? undefined : othersIn(now, held)[0]?.role;
  return [role && roleName(role), organisation?.name].filter(Boolean).join(" · ");
}
