// One line of the list: who, their role, the first words of the last message, when, and how many are unread.
import type { ComponentChildren } from "preact";
import { plural, t } from "../../i18n/text";
import { fullTime, shortTime } from "../../i18n/time";
import { follow } from "../../platform/router";
import { session } from "../../realtime/store";
import { lastAt, othersIn, titleOf, unreadIn } from "../../state/select";
import type { Held } from "../../state/state";
import { GroupSymbol } from "../groups/GroupSymbol";
import { MutedMark } from "../notifications/MutedMark";
import { Avatar } from "../../ui/Avatar";
import { Here } from "../organisations/Here";
import { roleName } from "../organisations/roles";
import { FirstWords } from "./FirstWords";

interface Props {
  readonly held: Held;
  readonly chosen: boolean;
  /** Stands under the name in place of the role. */
  readonly under?: ComponentChildren;
}

export function ConversationItem({ held, chosen, under }: Props) {
  const { state, read } = session.value;
  const title = titleOf(state, held) || t("conversations.alone");
  const role = othersIn(state, held)[0]?.role;
  const unread = unreadIn(state, held, read[held.id]);
  const at = new Date(lastAt(state, held));
  return (
    <li>
      <a class="item" href={`/gesprekken/${held.id}`} onClick={follow} aria-current={chosen ? "true" : undefined}>
        {held.kind === "group" ? <GroupSymbol symbol={held.symbol} picture={held.picture} /> : <Avatar name={title} />}
        <span class="item-text">
          <span class="item-line">
            <span class="item-name">
              {title}
              {held.kind !== "group" && <Here person={othersIn(state, held)[0]?.id} />}
              <MutedMark conversation={held.id} />
            </span>
            <time class="item-time" dateTime={at.toISOString()} title={fullTime(at)}>
              {shortTime(at, new Date())}
            </time>
          </span>
          {under ?? (role && held.kind !== "group" && <span class="item-role">{roleName(role)}</span>)}
          <span class="item-line">
            <span class={unread > 0 ? "item-words strong" : "item-words"}>
              <FirstWords held={held} chosen={chosen} />
            </span>
            {unread > 0 && (
              <span class="badge">
                {unread > 99 ? "99+" : unread}
                <span class="only-read"> {plural("list.unread", unread)}</span>
              </span>
            )}
          </span>
        </span>
      </a>
    </li>
  );
}
