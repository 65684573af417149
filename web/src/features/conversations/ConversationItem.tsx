// One line of the list: who, their role, the first words of the last message, when, and how many are unread.
import { plural, t } from "../../i18n/text";
import { fullTime, shortTime } from "../../i18n/time";
import { follow } from "../../platform/router";
import { session } from "../../realtime/store";
import { lastAt, othersIn, titleOf, typingIn, unreadIn } from "../../state/select";
import type { Held, State } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { roleName } from "../organisations/roles";

const FIRST_WORDS = 120;

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
            <span class={unread > 0 ? "item-words strong" : "item-words"}>{firstWords(state, held)}</span>
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

function firstWords(state: State, held: Held): string {
  if (typingIn(state, held).length > 0) return t("list.typing");
  const pending = state.pending.findLast((p) => p.conversation === held.id);
  const last = held.messages.at(-1);
  if (!pending && last?.withdrawnAt) return t("list.withdrawn");
  const body = (pending ?? last)?.body.slice(0, FIRST_WORDS);
  if (body === undefined) return t("list.noMessages");
  const own = pending !== undefined || last?.sender === state.me?.id;
  return own ? t("list.own", { body }) : body;
}
