// Times as people say them. `now` is given, so that tests need no clock.
import { language, t } from "./text";

const DAY = 86_400_000;
const locale = () => (language.value === "nl" ? "nl-NL" : "en-GB");

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions, at: Date): string {
  const key = locale() + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options);
  formats.set(key, known);
  return known.format(at);
}

/** The first time takes a telephone a tenth of a second: done while the line is being opened, nothing waits for it. */
export const makeReady = (): void => void clock(new Date());

const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** Whole days between two moments, by the calendar of this device. */
export const daysAgo = (at: Date, now: Date): number => Math.round((midnight(now) - midnight(at)) / DAY);

export const clock = (at: Date): string => format({ hour: "2-digit", minute: "2-digit" }, at);

/** The heading of a day: "Vandaag", "Gisteren", "maandag 3 november", with the year when it is another. */
export function dayName(at: Date, now: Date): string {
  const ago = daysAgo(at, now);
  if (ago === 0) return t("time.today");
  if (ago === 1) return t("time.yesterday");
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return format({ weekday: "long", day: "numeric", month: "long", ...year }, at);
}

/** The heading of a month: "november", with the year when it is another. */
export const monthName = (at: Date, now: Date): string =>
  format({ month: "long", ...(at.getFullYear() !== now.getFullYear() && { year: "numeric" }) }, at);

/** As short as a list needs: "14:05", "gisteren", "maandag", "3 nov", "03-11-2025". */
export function shortTime(at: Date, now: Date): string {
  const ago = daysAgo(at, now);
  if (ago <= 0) return clock(at);
  if (ago === 1) return t("time.yesterday");
  if (ago < 7) return format({ weekday: "long" }, at);
  if (at.getFullYear() === now.getFullYear()) return format({ day: "numeric", month: "short" }, at);
  return format({ day: "2-digit", month: "2-digit", year: "numeric" }, at);
}

/** Day and time on the clocks of `zone`, or of this device. */
export const wallClock = (at: Date, zone?: string): string =>
  format({ dateStyle: "short", timeStyle: "short", ...(zone && { timeZone: zone }) }, at);

export const fullTime = (at: Date): string => format({ dateStyle: "full", timeStyle: "short" }, at);

export const date = (at: Date): string => format({ day: "numeric", month: "long", year: "numeric" }, at);

/** A moment to come: "vandaag 14:00 uur", "morgen 9:00 uur", "maandag 9:00 uur", "maandag 7 december 9:00 uur". */
export function soon(at: Date, now: Date): string {
  const days = -daysAgo(at, now);
  const time = t("time.clock", { time: `${at.getHours()}:${String(at.getMinutes()).padStart(2, "0")}` });
  if (days <= 0) return `${t("time.today")} ${time}`;
  if (days === 1) return `${t("time.tomorrow")} ${time}`;
  return `${days < 7 ? format({ weekday: "long" }, at) : dayName(at, now)} ${time}`;
}

/** A day as the server writes it (2026-12-05): "5 december", with the year when it is another. */
export function dayOf(day: string, now = new Date()): string {
  const at = new Date(`${day}T12:00:00`);
  if (Number.isNaN(at.getTime())) return "";
  return format({ day: "numeric", month: "long", ...(at.getFullYear() !== now.getFullYear() && { year: "numeric" }) }, at);
}

const MONDAY = new Date(2024, 0, 1, 12);

/** The name of a day of the week; Monday is 0. */
export const weekdayName = (day: number): string =>
  format({ weekday: "long" }, new Date(MONDAY.getTime() + day * DAY));
