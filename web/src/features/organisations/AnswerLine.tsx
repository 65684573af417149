// The header's line for a client: when the other side usually answers, or that they are away and who stands in.
import { t } from "../../i18n/text";
import { dayOf } from "../../i18n/time";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import type { Held } from "../../state/state";
import { absent, answering, isClientIn } from "./answering";
import { weekWordsIn } from "./week";

export function AnswerLine({ held }: { held: Held }) {
  const all = answering(state.value, held);
  if (!isClientIn(state.value, held) || all.length === 0) return null;
  const away = absent(all);
  const present = all.find((one) => !away.includes(one));
  const words = present && weekWordsIn(present.zone, present.week, new Date());
  return (
    <div class="answering">
      {away.map((one) => (
        <p class="answers away" key={one.of}>
          {awayWords(one.of, one.absentUntil, one.standIn)}
        </p>
      ))}
      {words && (
        <p class="answers">
          <span class="wide-only">{t("hours.answers")} </span>
          {words}
        </p>
      )}
    </div>
  );
}

function awayWords(person: string, until: string | null | undefined, standIn: string | null | undefined): string {
  const nameBy = (id: string | null | undefined) => {
    const found = id ? state.value.people[id] : undefined;
    return found ? nameOf(found) : "";
  };
  const words = t("hours.away", { name: nameBy(person), date: dayOf(until ?? "") });
  return nameBy(standIn) ? `${words} ${t("hours.standIn", { name: nameBy(standIn) })}` : words;
}
