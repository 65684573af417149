// One open conversation: who it is with, the messages, and the field to write in.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { isLoading, state } from "../../realtime/store";
import { answersIn, mayAskDocuments } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { asking } from "../documents/asking";
import { RequestDialog } from "../documents/RequestDialog";
import { DropZone } from "../files/DropZone";
import { Composer } from "../messages/Composer";
import { MessageLog } from "../messages/MessageLog";
import { TypingLine } from "../messages/TypingLine";
import { ExpectedAnswer } from "../organisations/ExpectedAnswer";
import { NeedLink } from "../plans/NeedLink";
import { CaseBar, NotesBar } from "../teams/CaseBar";
import { Back, ConversationHeader } from "./ConversationHeader";

/** `children` hang below the header. */
export function ConversationPane({ id, children }: { id: string; children?: ComponentChildren }) {
  const held = state.value.conversations[id];
  if (!held) return isLoading.value ? <Skeleton>{children}</Skeleton> : <Missing>{children}</Missing>;
  const about = held.notesOf ? state.value.conversations[held.notesOf] : undefined;
  return (
    <DropZone conversation={id} class={about ? "conversation notes" : "conversation"} open={!held.closed}>
      <ConversationHeader held={held} />
      {about && <NotesBar about={about} notes={held} />}
      {answersIn(state.value, held) && <CaseBar held={held} />}
      {children}
      <MessageLog held={held} />
      <TypingLine held={held} />
      {held.closed ? (
        <p class="no-more">{t("groups.isClosed")}</p>
      ) : (
        <>
          <ExpectedAnswer held={held} />
          <Composer held={held} />
          {asking.value === id && mayAskDocuments(state.value, held) && <RequestDialog held={held} />}
        </>
      )}
    </DropZone>
  );
}

function Skeleton({ children }: { children: ComponentChildren }) {
  return (
    <div class="conversation">
      <div class="conversation-head">
        <Back />
        <span class="skeleton round" />
        <span class="skeleton line" />
        <NeedLink />
      </div>
      {children}
      <div class="log-skeleton" aria-hidden="true">
        <span class="skeleton bubble-skeleton" />
        <span class="skeleton bubble-skeleton own" />
        <span class="skeleton bubble-skeleton" />
      </div>
    </div>
  );
}

const TOLD_WITHIN = 1_500;

/** For a moment it may be a conversation that was just started, and of which the server has yet to tell. */
function Missing({ children }: { children: ComponentChildren }) {
  const [sure, setSure] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSure(true), TOLD_WITHIN);
    return () => clearTimeout(timer);
  }, []);
  if (!sure) return <Skeleton>{children}</Skeleton>;
  return (
    <div class="conversation">
      <div class="narrow-only missing-head">
        <Back />
        <NeedLink />
      </div>
      {children}
      <div class="empty" role="status">
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
