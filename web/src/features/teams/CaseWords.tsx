// In words where a team's conversation stands: since when the client waits, and who has it.
import { t } from "../../i18n/text";
import { shortTime } from "../../i18n/time";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import type { Held } from "../../state/state";
import { isLate } from "./inbox";

export function CaseWords({ held }: { held: Held }) {
  const now = new Date();
  const { assignee, waitingSince, handledAt } = held.case ?? {};
  const who = assignee ? state.value.people[assignee] : undefined;
  const late = isLate(held, now);
  return (
    <span class="item-role case-words">
      {waitingSince && (
        <span class={late ? "late" : ""}>
          {t(late ? "case.late" : "case.waits", { since: shortTime(new Date(waitingSince), now) })}
        </span>
      )}
      {handledAt && <span>{t("case.handled")}</span>}
      <span class="quiet">{who ? t("case.has", { name: assignee === state.value.me?.id ? t("case.yourself") : nameOf(who) }) : t("case.nobody")}</span>
    </span>
  );
}
