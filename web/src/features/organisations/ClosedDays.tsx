// What differs from the week: the holidays that are closed, and single dates that are closed or open at other times.
import type { Hours, NewHours } from "../../api/availability";
import type { Block } from "../../api/protocol";
import type { Submit } from "../../ui/submit";
import { t, type Key } from "../../i18n/text";
import { dayOf } from "../../i18n/time";
import { Field } from "../../ui/Field";
import { BlockFields } from "./BlockFields";

const NAMES: Readonly<Record<string, Key>> = {
  new_year: "feast.newYear",
  good_friday: "feast.goodFriday",
  easter: "feast.easter",
  easter_monday: "feast.easterMonday",
  kings_day: "feast.kingsDay",
  liberation_day: "feast.liberationDay",
  ascension: "feast.ascension",
  whit_sunday: "feast.whitSunday",
  whit_monday: "feast.whitMonday",
  christmas: "feast.christmas",
  boxing_day: "feast.boxingDay",
};

interface HolidayProps {
  readonly feasts: Hours["feasts"];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function HolidayFields({ feasts, chosen, onChange }: HolidayProps) {
  const toggle = (code: string) => onChange(chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code]);
  return (
    <fieldset class="choice">
      <legend>{t("hours.holidays")}</legend>
      {feasts.map(({ code, day }) => {
        const name = NAMES[code];
        return (
          <label class="check" key={code}>
            <input type="checkbox" checked={chosen.includes(code)} onChange={() => toggle(code)} />
            <span>
              {name ? t(name) : code} <span class="quiet">{dayOf(day)}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

export interface Exception {
  readonly day: string;
  readonly blocks: readonly Block[];
}

export const exceptionsOf = (hours: NewHours): readonly Exception[] =>
  Object.entries(hours.exceptions).map(([day, blocks]) => ({ day, blocks }));

/** By date, without rows whose date was not filled in. */
export const byDate = (rows: readonly Exception[]): NewHours["exceptions"] =>
  Object.fromEntries(rows.filter(({ day }) => day).map(({ day, blocks }) => [day, blocks]));

interface ExceptionProps {
  readonly rows: readonly Exception[];
  readonly onChange: (rows: readonly Exception[]) => void;
  readonly wrong: Submit["wrong"];
}

export function ExceptionFields({ rows, onChange, wrong }: ExceptionProps) {
  const set = (at: number, row: Partial<Exception>) => onChange(rows.map((old, i) => (i === at ? { ...old, ...row } : old)));
  return (
    <fieldset class="choice">
      <legend>{t("hours.exceptions")}</legend>
      <p class="quiet">{t("hours.exceptionsHint")}</p>
      {rows.map(({ day, blocks }, at) => (
        <div class="exception" key={at}>
          <Field type="date" label={t("hours.date")} value={day} onInput={(next) => set(at, { day: next })} />
          <BlockFields
            id={`exception-${at}`}
            legend={dayOf(day) || t("hours.date")}
            blocks={blocks}
            onChange={(next) => set(at, { blocks: next })}
            error={wrong(`exceptions.${day}`)}
          />
          <button type="button" class="button small" onClick={() => onChange(rows.filter((_, i) => i !== at))}>
            {t("hours.removeDate")}
            <span class="only-read"> {dayOf(day)}</span>
          </button>
        </div>
      ))}
      <div>
        <button type="button" class="button small" onClick={() => onChange([...rows, { day: "", blocks: [] }])}>
          {t("hours.addDate")}
        </button>
      </div>
    </fieldset>
  );
}
