// Chooses where a message is forwarded to: only conversations in which everybody can read the source as well.
import type { StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { write } from "../../realtime/client";
import { state } from "../../realtime/store";
import { navigate } from "../../platform/router";
import { forwardTargets, titleOf } from "../../state/select";
import type { Held } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { Dialog } from "../../ui/Dialog";

interface Props {
  readonly source: Held;
  readonly message: StoredMessage;
  readonly onClose: () => void;
}

export function Forwarding({ source, message, onClose }: Props) {
  const forward = (target: Held) => {
    write(target.id, { body: message.body, forward: { source: source.id, seq: message.seq } });
    onClose();
    navigate(`/gesprekken/${target.id}`);
  };
  return (
    <Dialog title={t("forwarding.title")} close={t("dialog.close")} onClose={onClose}>
      <p>{t("forwarding.text")}</p>
      <ul class="choose">
        {forwardTargets(state.value, source, message.seq).map((held) => {
          const title = titleOf(state.value, held) || t("conversations.alone");
          return (
            <li key={held.id}>
              <button type="button" class="item" onClick={() => forward(held)}>
                <Avatar name={title} />
                <span class="item-text">
                  <span class="item-name">{title}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
