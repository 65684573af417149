// The weekly hours: for each day its open times, and a way to give all working days those of Monday.
import type { Block } from "../../api/protocol";
import type { Submit } from "../../ui/submit";
import { t } from "../../i18n/text";
import { weekdayName } from "../../i18n/time";
import { BlockFields } from "./BlockFields";
import type { Week } from "./week";

const WORKDAYS = 5;

interface Props {
  readonly week: Week;
  readonly onChange: (week: Week) => void;
  readonly wrong: Submit["wrong"];
}

export function WeekFields({ week, onChange, wrong }: Props) {
  const set = (day: number, blocks: readonly Block[]) => onChange(week.map((old, i) => (i === day ? blocks : old)));
  const asMonday = () => onChange(week.map((old, day) => (day < WORKDAYS ? (week[0] ?? []) : old)));
  return (
    <div class="week-fields">
      {week.map((blocks, day) => (
        <BlockFields
          key={day}
          id={`week-${day}`}
          legend={weekdayName(day)}
          blocks={blocks}
          onChange={(next) => set(day, next)}
          error={wrong(`week.${day}`)}
        />
      ))}
      <button type="button" class="button small" onClick={asMonday}>
        {t("hours.asMonday")}
      </button>
    </div>
  );
}
