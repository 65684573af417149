// @vitest-environment happy-dom
import { afterAll, expect, it } from "vitest";
import type { Block } from "../../api/protocol";
import { speak } from "../../i18n/text";
import { weekWords, weekWordsIn } from "./week";

const OFFICE: Block[] = [{ start: 540, end: 1020 }];
const SPLIT: Block[] = [{ start: 540, end: 720 }, { start: 810, end: 1020 }];
const ALL_DAY: Block[] = [{ start: 0, end: 1440 }];

afterAll(() => speak("nl"));

it("tells days with the same hours together", () => {
  expect(weekWords([OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []])).toBe("op werkdagen 9–17 uur");
  expect(weekWords(Array(7).fill(OFFICE))).toBe("elke dag 9–17 uur");
  expect(weekWords(Array(7).fill(ALL_DAY))).toBe("elke dag, dag en nacht");
  expect(weekWords([SPLIT, SPLIT, [], OFFICE, [], [], []])).toBe("op maandag en dinsdag 9–12 en 13:30–17 uur; op donderdag 9–17 uur");
  expect(weekWords(Array(7).fill([]))).toBe("");
});

it("says whose time it is where the clocks differ", () => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = new Date("2026-11-25T12:00:00Z");
  const week = Array(7).fill(OFFICE);
  expect(weekWordsIn(here, week, now)).toBe("elke dag 9–17 uur");
  expect(weekWordsIn("Pacific/Port_Moresby", week, now)).toBe("elke dag 9–17 uur (tijd in Port Moresby)");
  expect(weekWordsIn("Pacific/Port_Moresby", Array(7).fill([]), now)).toBe("");
});

it("does so in English", async () => {
  await speak("en");
  expect(weekWords([OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []])).toBe("on working days 9:00–17:00");
});
