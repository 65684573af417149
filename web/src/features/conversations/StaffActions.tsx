// What only staff may do from the list: start a conversation, invite a client.
import { useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { mayInvite } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { InviteDialog } from "../invitations/InviteDialog";
import { NewConversation } from "./NewConversation";

export function StaffActions() {
  const [open, setOpen] = useState<"conversation" | "invitation" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <div class="list-actions">
        <button type="button" class="button small" onClick={() => setOpen("conversation")}>
          <Icon name="plus" size={20} />
          {t("conversations.new")}
        </button>
        {mayInvite(state.value) && (
          <button type="button" class="button small" onClick={() => setOpen("invitation")}>
            <Icon name="invite" size={20} />
            {t("invite.title")}
          </button>
        )}
      </div>
      {open === "conversation" && <NewConversation onClose={close} />}
      {open === "invitation" && <InviteDialog onClose={close} />}
    </>
  );
}
