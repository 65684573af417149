// What a person may do with a message: a quiet button beside it, which shows when the message is pointed at or focused.
import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { ActionMenu, type Action } from "../../ui/ActionMenu";
import { Withdrawing } from "./Withdrawing";

interface Props {
  readonly conversation: string;
  readonly message: StoredMessage;
  readonly own: boolean;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly stop: boolean;
  readonly bodyId: string;
}

export function MessageActions({ conversation, message, own, button, stop, bodyId }: Props) {
  const [dialog, setDialog] = useState<"withdraw" | null>(null);
  const actions: readonly (Action | false)[] = [
    own && { key: "withdraw", label: t("actions.withdraw"), icon: "withdrawn", run: () => setDialog("withdraw") },
  ];
  const allowed = actions.filter((action) => action !== false);
  if (allowed.length === 0) return null;
  return (
    <>
      <ActionMenu label={t("actions.open")} describedBy={bodyId} button={button} stop={stop} actions={allowed} />
      {dialog === "withdraw" && (
        <Withdrawing conversation={conversation} seq={message.seq} onClose={() => setDialog(null)} />
      )}
    </>
  );
}
