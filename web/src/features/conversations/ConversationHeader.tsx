// Who is on the other side, and the notice that this is not for emergencies. After opening from the list on a telephone
// the focus is put here, so that a screen reader starts at the name.
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/text";
import { back } from "../../platform/router";
import { state } from "../../realtime/store";
import { othersIn, titleOf } from "../../state/select";
import type { Held } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { Icon } from "../../ui/Icon";
import { AnswerLine } from "../organisations/AnswerLine";
import { EmergencyNotice } from "../organisations/EmergencyNotice";
import { roleName } from "../organisations/roles";

export function ConversationHeader({ held }: { held: Held }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!matchMedia("(pointer: fine)").matches) heading.current?.focus({ preventScroll: true });
  }, []);
  const title = titleOf(state.value, held) || t("conversations.alone");
  return (
    <header class="conversation-head">
      <button type="button" class="icon-button narrow-only" aria-label={t("conversation.back")} onClick={() => back("/")}>
        <Icon name="back" />
      </button>
      <Avatar name={title} />
      <div class="conversation-who">
        <h2 id="conversation-title" tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <p class="quiet">{subtitle(held)}</p>
        <AnswerLine held={held} />
      </div>
      <p class="emergency">
        <Icon name="info" size={18} />
        <span>
          <EmergencyNotice organisation={held.organisation} />
        </span>
      </p>
    </header>
  );
}

function subtitle(held: Held): string {
  const role = othersIn(state.value, held)[0]?.role;
  const organisation = state.value.organisations.find((o) => o.id === held.organisation);
  return [role && roleName(role), organisation?.name].filter(Boolean).join(" · ");
}
