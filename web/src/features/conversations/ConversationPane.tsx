// One open conversation: who it is with, the messages, and the field to write in.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { isLoading, state } from "../../realtime/store";
import { Icon } from "../../ui/Icon";
import { Composer } from "../messages/Composer";
import { MessageLog } from "../messages/MessageLog";
import { TypingLine } from "../messages/TypingLine";
import { ConversationHeader } from "./ConversationHeader";

export function ConversationPane({ id }: { id: string }) {
  const held = state.value.conversations[id];
  if (!held) return isLoading.value ? <Skeleton /> : <Missing />;
  return (
    <section class="conversation" aria-labelledby="conversation-title">
      <ConversationHeader held={held} />
      <MessageLog held={held} />
      <TypingLine held={held} />
      <Composer held={held} />
    </section>
  );
}

function Skeleton() {
  return (
    <div class="conversation" aria-hidden="true">
      <div class="conversation-head">
        <span class="skeleton round" />
        <span class="skeleton line" />
      </div>
      <div class="log-skeleton">
        <span class="skeleton bubble-skeleton" />
        <span class="skeleton bubble-skeleton own" />
        <span class="skeleton bubble-skeleton" />
      </div>
    </div>
  );
}

/** Also shown for the moment between starting a conversation and the server telling of it. */
function Missing() {
  return (
    <div class="conversation none">
      <div class="empty late">
        <Icon name="info" size={40} />
        <h2>{t("conversation.missing")}</h2>
        <p>{t("conversation.missingText")}</p>
        <a class="button" href="/" onClick={follow}>
          {t("conversation.toList")}
        </a>
      </div>
    </div>
  );
}
