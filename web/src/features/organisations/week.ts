// Weekly hours as people say them: "op werkdagen 9–17 uur". Days with the same hours are told together.
import type { Block } from "../../api/protocol";
import { language, t } from "../../i18n/text";
import { wallClock, weekdayName } from "../../i18n/time";

export type Week = readonly (readonly Block[])[];

const WORKDAYS = "0,1,2,3,4";
const EVERY_DAY = "0,1,2,3,4,5,6";

/** Minutes from midnight as a clock shows them: "9", "9:30", "17"; in English always with minutes. */
export function clockOf(minute: number): string {
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  return rest === 0 && language.value === "nl" ? `${hour}` : `${hour}:${String(rest).padStart(2, "0")}`;
}

/** The same; where the clocks of `zone` show another time than this device, it is said whose time it is. */
export function weekWordsIn(zone: string, week: Week, now: Date): string {
  const hours = weekWords(week);
  if (hours === "" || wallClock(now, zone) === wallClock(now)) return hours;
  return t("hours.inZone", { hours, place: zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone });
}

/** The whole week in words; empty where it never opens. */
export function weekWords(week: Week): string {
  const byHours = new Map<string, number[]>();
  week.forEach((blocks, day) => {
    if (blocks.length === 0) return;
    const hours = blocks.map(({ start, end }) => `${clockOf(start)}–${clockOf(end)}`);
    const words = blocks.length === 1 && blocks[0]?.start === 0 && blocks[0].end === 1440 ? "" : list(hours);
    byHours.set(words, [...(byHours.get(words) ?? []), day]);
  });
  const parts = [...byHours].map(([hours, days]) =>
    hours === "" ? t("hours.allDay", { days: daysOf(days) }) : t("hours.days", { days: daysOf(days), hours }),
  );
  return parts.join("; ");
}

function daysOf(days: readonly number[]): string {
  if (days.join() === EVERY_DAY) return t("hours.everyDay");
  if (days.join() === WORKDAYS) return t("hours.workdays");
  return t("hours.onDays", { days: list(days.map(weekdayName)) });
}

const list = (words: readonly string[]): string =>
  new Intl.ListFormat(language.value, { type: "conjunction" }).format(words);
