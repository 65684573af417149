// What one person wrote in one go: own on the right, of others on the left under their name and role.
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf, reachOf } from "../../state/select";
import type { Held } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { Icon } from "../../ui/Icon";
import { roleName } from "../organisations/roles";
import { replyTo, type Group, type Line } from "./days";
import { EventLine } from "./EventLine";
import { MessageLine } from "./MessageLine";
import { messageOf } from "./quoted";
import type { Known } from "./Reach";

interface Props {
  readonly group: Group;
  readonly held: Held;
  /** The number of one's own last message: there, how far it came is told in words. */
  readonly lastOwn: number | undefined;
  /** The number of the last message that something can be done with. */
  readonly stop: number | undefined;
}

const reachIn = (held: Held, { stored }: Line): Known => (stored ? reachOf(state.value, held, stored) : "pending");

export function MessageGroup({ group, held, lastOwn, stop }: Props) {
  const alterations = state.value.alterations.filter((a) => a.conversation === held.id);
  const own = group.sender === state.value.me?.id;
  return (
    <>
      {group.unread && (
        <p class="unread-line">
          <span>{t("messages.new")}</span>
        </p>
      )}
      <div class={own ? "group own" : `group ${group.kind}`}>
        {group.kind === "auto" && <AutoReply />}
        {group.kind === "text" && (own ? <p class="only-read">{t("messages.you")}</p> : <Sender id={group.sender} />)}
        <ul>
          {group.lines.map((line) =>
            group.kind === "event" ? (
              <EventLine key={line.id} line={line} held={held} />
            ) : (
              <MessageLine
                key={line.id}
                conversation={held.id}
                line={line}
                own={own}
                reach={own ? reachIn(held, line) : null}
                worded={line.pending !== null || line.stored?.seq === lastOwn}
                quoted={messageOf(held.id, replyTo(line))}
                stop={line.stored !== null && line.stored.seq === stop}
                change={alterations.findLast((a) => a.seq === line.stored?.seq && a.wish.type !== "react" && a.wish.type !== "settle")}
                reacting={alterations.findLast((a) => a.seq === line.stored?.seq && a.wish.type === "react")}
              />
            ),
          )}
        </ul>
      </div>
    </>
  );
}

function AutoReply() {
  return (
    <p class="sender">
      <Icon name="pending" size={20} />
      <strong>{t("messages.auto")}</strong>
    </p>
  );
}

function Sender({ id }: { id: string }) {
  const person = state.value.people[id];
  const name = person ? nameOf(person) : t("messages.unknown");
  return (
    <p class="sender">
      <Avatar name={name} small />
      <strong>{name}</strong>
      {person && <span class="quiet">{roleName(person.role)}</span>}
    </p>
  );
}
