// What a person may do with a message: a quiet button beside it, which shows when the message is pointed at or focused.
import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { EDIT_WITHIN, type Reacted, type StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { forwardTargets, reachByPerson } from "../../state/select";
import { ActionMenu, type Action } from "../../ui/ActionMenu";
import { task } from "./composing";
import { Forwarding } from "./Forwarding";
import { ReactionChoice } from "./Reactions";
import { ReadBy } from "./ReadBy";
import { Withdrawing } from "./Withdrawing";

interface Props {
  readonly conversation: string;
  readonly message: StoredMessage;
  readonly own: boolean;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly stop: boolean;
  readonly bodyId: string;
  readonly reactions: readonly Reacted[];
}

export function MessageActions({ conversation, message, own, button, stop, bodyId, reactions }: Props) {
  const [dialog, setDialog] = useState<"withdraw" | "forward" | "readBy" | null>(null);
  const { seq, body } = message;
  const held = state.value.conversations[conversation];
  const open = held?.closed !== true;
  const editable = own && open && Date.now() - Date.parse(message.at) < EDIT_WITHIN * 1000;
  const withWords = body !== "" || !message.documents?.length;
  const startEditing = () => (task.value = { type: "edit", conversation, seq, body });
  const actions: readonly (Action | false)[] = [
    open && { key: "reply", label: t("actions.reply"), icon: "reply", run: () => (task.value = { type: "reply", conversation, seq }) },
    held !== undefined &&
      withWords &&
      forwardTargets(state.value, held, seq).length > 0 && {
        key: "forward",
        label: t("actions.forward"),
        icon: "forward",
        run: () => setDialog("forward"),
      },
    editable && { key: "edit", label: t("actions.edit"), icon: "edit", run: startEditing },
    own &&
      held !== undefined &&
      reachByPerson(state.value, held, message).length > 1 && { key: "readBy", label: t("actions.readBy"), icon: "seen", run: () => setDialog("readBy") },
    own && { key: "withdraw", label: t("actions.withdraw"), icon: "withdrawn", run: () => setDialog("withdraw") },
  ];
  const allowed = actions.filter((action) => action !== false);
  if (allowed.length === 0) return null;
  return (
    <>
      <ActionMenu
        label={t("actions.open")}
        describedBy={bodyId}
        button={button}
        stop={stop}
        actions={allowed}
        top={open ? (close) => <ReactionChoice {...{ conversation, seq, reactions, close }} /> : undefined}
      />
      {dialog === "forward" && held && <Forwarding source={held} message={message} onClose={() => setDialog(null)} />}
      {dialog === "readBy" && held && <ReadBy held={held} message={message} onClose={() => setDialog(null)} />}
      {dialog === "withdraw" && (
        <Withdrawing conversation={conversation} seq={seq} onClose={() => setDialog(null)} />
      )}
    </>
  );
}
