// One line of the list: who, their role, the first words of the last message, when, and how many are unread.
import { plural, t } from "../../i18n/text";
import { fullTime, shortTime } from "../../i18n/time";
import { follow } from "../../platform/router";
import { session } from "../../realtime/store";
import { lastAt, othersIn, titleOf, unreadIn } from "../../state/select";
import type { Held } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { roleName } from "../organisations/roles";
import { FirstWords } from "./FirstWords";

export function ConversationItem({ held, chosen }: { held: Held; chosen: boolean }) {
  const { state, read } = session.value;
  const title = titleOf(state, held) || t("conversations.alone");
  const role = othersIn(state, held)[0]?.role;
  const unread = unreadIn(state, held, read[held.id]);
  const at = new Date(lastAt(state, held));
  return (
    <li>
      <a class="item" href={`/gesprekken/${held.id}`} onClick={follow} aria-current={chosen ? "true" : undefined}>
        <Avatar name={title} />
        <span class="item-text">
          <span class="item-line">
            <span class="item-name">{title}</span>
            <time class="item-time" dateTime={at.toISOString()} title={fullTime(at)}>
              {shortTime(at, new Date())}
            </time>
          </span>
          {role && <span class="item-role">{roleName(role)}</span>}
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
