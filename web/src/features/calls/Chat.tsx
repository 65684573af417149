// The conversation beside the call: its own messages and its own field.
import { t } from "../../i18n/text";
import type { Held } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { DropZone } from "../files/DropZone";
import { Composer } from "../messages/Composer";
import { MessageLog } from "../messages/MessageLog";
import { TypingLine } from "../messages/TypingLine";

export function Chat({ held, onClose }: { held: Held; onClose: () => void }) {
  return (
    <aside class="call-chat" aria-label={t("calls.chatBeside")}>
      <div class="call-chat-head">
        <h3>{t("calls.chatBeside")}</h3>
        <button type="button" class="icon-button" aria-label={t("calls.closeChat")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <DropZone conversation={held.id} class="conversation" open={!held.closed}>
        <MessageLog held={held} />
        <TypingLine held={held} />
        {!held.closed && <Composer held={held} />}
      </DropZone>
    </aside>
  );
}
