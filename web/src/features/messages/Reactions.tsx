// Who reacted how: under the message as small buttons that also give and take one's own, and in its menu as a choice.
import type { Reacted, Reaction } from "../../api/protocol";
import { t } from "../../i18n/text";
import { react } from "../../realtime/client";
import { state } from "../../realtime/store";
import { nameById } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { REACTIONS, ownReaction } from "./reactions";

interface Props {
  readonly conversation: string;
  readonly seq: number;
  readonly reactions: readonly Reacted[];
}

const me = () => state.value.me?.id ?? "";

function names(people: readonly string[]): string {
  const name = (id: string) => (id === me() ? t("messages.you") : nameById(state.value, id) || t("messages.unknown"));
  return people.map(name).join(", ");
}

export function Reactions({ conversation, seq, reactions }: Props) {
  const own = ownReaction(reactions, me());
  return (
    <ul class="reactions">
      {REACTIONS.map(({ reaction, label, icon }) => {
        const people = reactions.find((one) => one.reaction === reaction)?.people ?? [];
        if (people.length === 0) return null;
        const text = `${t(label)}: ${names(people)}`;
        return (
          <li key={reaction}>
            <button
              type="button"
              class="reaction"
              title={text}
              aria-pressed={own === reaction}
              onClick={() => react(conversation, seq, own === reaction ? null : reaction)}
            >
              <Icon name={icon} size={16} />
              {people.length > 1 && <span aria-hidden="true">{people.length}</span>}
              <span class="only-read">{text}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

export function ReactionChoice({ conversation, seq, reactions, close }: Props & { close: () => void }) {
  const own = ownReaction(reactions, me());
  const choose = (reaction: Reaction) => {
    close();
    react(conversation, seq, own === reaction ? null : reaction);
  };
  return (
    <div class="reaction-choice" role="group" aria-label={t("actions.react")}>
      {REACTIONS.map(({ reaction, label, icon }) => (
        <button
          key={reaction}
          type="button"
          role="menuitemradio"
          tabIndex={-1}
          aria-checked={own === reaction}
          onClick={() => choose(reaction)}
        >
          <Icon name={icon} size={22} />
          {t(label)}
        </button>
      ))}
    </div>
  );
}
