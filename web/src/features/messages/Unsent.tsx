// Under a message of one's own that did not go: refused, with the reason, or late, and then it still goes by itself when
// there is a line. Whoever tries again or takes it back goes on writing: the buttons are gone, so the focus moves.
import { t } from "../../i18n/text";
import { again, discard } from "../../realtime/client";
import { session } from "../../realtime/store";
import type { Pending } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { focusOnConversation } from "./focus";

export const isUnsent = (pending: Pending): boolean => pending.status === "refused" || pending.late === true;

export function Unsent({ pending }: { pending: Pending }) {
  const refused = pending.status === "refused";
  const then = (decide: (id: string) => void) => () => {
    focusOnConversation();
    decide(pending.id);
  };
  return (
    <div class={refused ? "refusal" : "refusal late"} role={refused ? "alert" : "status"}>
      <p>
        <Icon name={refused ? "warning" : "pending"} size={18} />
        <strong>{t(refused ? "messages.notSent" : "messages.late")}</strong> {refused ? pending.text : whatHappens()}
      </p>
      <div class="actions end">
        <button type="button" class="button small" onClick={then(discard)}>
          {t("messages.discard")}
        </button>
        <button type="button" class="button small primary" onClick={then(again)}>
          {t("messages.again")}
        </button>
      </div>
    </div>
  );
}

/** Without a line the notice above the messages says so already. */
const whatHappens = () => session.value.link === "up" && t("messages.lateText");
