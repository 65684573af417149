// The messages of a conversation, by day and sender.
import { dayName } from "../../i18n/time";
import { plural, t } from "../../i18n/text";
import { session } from "../../realtime/store";
import { unreadIn } from "../../state/select";
import { hasOlder, type Held } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { Announcer } from "./Announcer";
import { purposeOf } from "../teams/purpose";
import { days, type Day } from "./days";
import { focusOnConversation } from "./focus";
import { MessageGroup } from "./MessageGroup";
import { useLog } from "./use-log";
import { within } from "./window";

export function MessageLog({ held }: { held: Held }) {
  const { state, read } = session.value;
  const { log, window, firstUnread, away, onScroll, toEnd } = useLog(held);
  const pending = window.to === null ? state.pending.filter((p) => p.conversation === held.id) : [];
  const inSight = within(held.messages, window);
  const stop = inSight.findLast((m) => !m.withdrawnAt)?.seq;
  const drawn = days(inSight, pending, state.me?.id ?? "", firstUnread);
  const lastOwn = held.messages.findLast((m) => m.sender === state.me?.id)?.seq;
  const beginning = !hasOlder(held) && window.from <= (held.above ?? 0) + 1;
  return (
    <div class="log-frame">
      <div class="log" ref={log} onScroll={onScroll} role="region" aria-label={t("messages.region")} tabIndex={0}>
        <Beginning reached={beginning} empty={drawn.length === 0} held={held} />
        {drawn.map((day) => (
          <DaySection key={day.key} day={day} held={held} lastOwn={lastOwn} stop={stop} />
        ))}
      </div>
      {away && <ToEnd unread={unreadIn(state, held, read[held.id])} onClick={then(toEnd)} />}
      <Announcer held={held} />
    </div>
  );
}

interface DayProps {
  readonly day: Day;
  readonly held: Held;
  readonly lastOwn: number | undefined;
  readonly stop: number | undefined;
}

function DaySection({ day, held, lastOwn, stop }: DayProps) {
  return (
    <section class="day">
      <h3>
        <time dateTime={day.at.toISOString().slice(0, 10)}>{dayName(day.at, new Date())}</time>
      </h3>
      {day.groups.map((group) => (
        <MessageGroup key={group.key} group={group} held={held} lastOwn={lastOwn} stop={stop} />
      ))}
    </section>
  );
}

function Beginning({ reached, empty, held }: { reached: boolean; empty: boolean; held: Held }) {
  if (!reached) return <p class="log-top skeleton" />;
  const purpose = held.client === session.value.state.me?.id ? purposeOf(held.kind) : "";
  if (held.above) return <p class="log-top">{t("messages.joined")}</p>;
  return (
    <p class="log-top">
      {purpose && <strong class="purpose">{purpose}</strong>}
      {empty ? t("messages.none") : t("messages.beginning")}
    </p>
  );
}

const then = (go: () => void) => () => {
  focusOnConversation();
  go();
};

function ToEnd({ unread, onClick }: { unread: number; onClick: () => void }) {
  return (
    <button type="button" class="to-end" onClick={onClick}>
      <Icon name="down" size={20} />
      {unread > 0 ? plural("messages.toNew", unread) : t("messages.toEnd")}
    </button>
  );
}
