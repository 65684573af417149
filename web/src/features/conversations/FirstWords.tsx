// What the list says of a conversation in one line: a call that goes on, who is typing, else what one has begun to write there, else the
// newest message, and of one's own that has not gone yet why.
import type { ComponentChildren } from "preact";
import { t, type Key } from "../../i18n/text";
import { state } from "../../realtime/store";
import { typingIn } from "../../state/select";
import type { Held, Pending } from "../../state/state";
import { Icon, type IconName } from "../../ui/Icon";
import { callIn } from "../calls/calls";
import { withoutText } from "../documents/documents";
import { messageWords } from "../messages/event-words";
import { draftOf } from "../messages/drafts";

const LONGEST = 120;

export function FirstWords({ held, chosen }: { held: Held; chosen: boolean }) {
  const now = state.value;
  if (callIn(held.id))
    return (
      <span class="item-call">
        <Icon name="video" size={16} /> {t("calls.goesOn")}
      </span>
    );
  if (typingIn(now, held).length > 0) return <>{t("list.typing")}</>;
  const draft = chosen ? "" : draftOf(held.id).trim();
  const pending = now.pending.findLast((p) => p.conversation === held.id);
  if (pending?.status === "refused") return <Marked icon="warning" words="list.notSent" wrong />;
  if (draft) return <>{t("list.draft", { body: draft.slice(0, LONGEST) })}</>;
  if (pending)
    return (
      <Marked icon="pending" words={stateOf(pending)}>
        {t("list.own", { body: (pending.body || withoutText(pending)).slice(0, LONGEST) })}
      </Marked>
    );
  const last = held.messages.at(-1);
  if (!last) return <>{t("list.noMessages")}</>;
  const body = messageWords(now, last, held).slice(0, LONGEST);
  return <>{last.sender === now.me?.id && !last.withdrawnAt ? t("list.own", { body }) : body}</>;
}

const stateOf = (pending: Pending): Key => (pending.late ? "messages.late" : "messages.pending");

interface MarkedProps {
  readonly icon: IconName;
  readonly words: Key;
  readonly wrong?: boolean;
  readonly children?: ComponentChildren;
}

/** The words are seen where they stand alone, and else read out before the message. */
function Marked({ icon, words, wrong = false, children }: MarkedProps) {
  return (
    <span class={wrong ? "item-mark wrong" : "item-mark"}>
      <Icon name={icon} size={16} /> <span class={children ? "only-read" : ""}>{t(words)} </span>
      {children}
    </span>
  );
}
