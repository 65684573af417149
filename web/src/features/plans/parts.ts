// The parts of a plan in their order, and two plans side by side. A part is one text, or the people to call together.
import { TEXTS, type Contact, type Plan, type TextName } from "../../api/plans";
import type { Key } from "../../i18n/text";

export type PartName = TextName | "people";
export const PARTS: readonly PartName[] = [...TEXTS, "people"];

export const PHASES = ["green", "orange", "red"] as const;
export type Phase = (typeof PHASES)[number];

export const PHASE_NAMES: Readonly<Record<Phase, Key>> = { green: "plan.green", orange: "plan.orange", red: "plan.red" };

const QUESTIONS = [
  ["Signs", "plan.signs"],
  ["Own", "plan.own"],
  ["Others", "plan.others"],
] as const;

export const questionsOf = (phase: Phase): readonly (readonly [TextName, Key])[] =>
  QUESTIONS.map(([end, label]) => [`${phase}${end}`, label]);

export const REST: readonly (readonly [TextName, Key])[] = [
  ["helps", "plan.helps"],
  ["hinders", "plan.hinders"],
  ["agreements", "plan.agreements"],
];

const isFilled = ({ name, number }: Contact): boolean => name.trim() !== "" || number.trim() !== "";

/** As the server would keep it: without white space around, and without people who are nobody. */
export function tidy(plan: Plan): Plan {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, plan[name].trim()])) as Record<TextName, string>;
  const people = plan.people.filter(isFilled).map(({ name, number }) => ({ name: name.trim(), number: number.trim() }));
  return { ...texts, people };
}

export const wordsOf = (plan: Plan, part: PartName): string =>
  part === "people" ? plan.people.map(({ name, number }) => [name, number].filter(Boolean).join(": ")).join("\n") : plan[part];

export const isEmpty = (plan: Plan): boolean => PARTS.every((part) => wordsOf(plan, part) === "");

export const differing = (one: Plan, other: Plan): readonly PartName[] =>
  PARTS.filter((part) => wordsOf(tidy(one), part) !== wordsOf(tidy(other), part));

export type Whose = "mine" | "newest";
export type Choices = Readonly<Partial<Record<PartName, Whose>>>;

/** What is proposed: a part that only one of both changed since `base` is taken from who changed it, else one's own. */
export function propose(base: Plan, mine: Plan, newest: Plan): Choices {
  const untouched = new Set(PARTS.filter((part) => !differing(base, mine).includes(part)));
  return Object.fromEntries(differing(mine, newest).map((part) => [part, untouched.has(part) ? "newest" : "mine"]));
}

/** One plan of both, as chosen; what does not differ is the newest's. */
export function chosen(choices: Choices, mine: Plan, newest: Plan): Plan {
  const from = (part: PartName) => (choices[part] === "mine" ? mine : newest);
  const texts = Object.fromEntries(TEXTS.map((name) => [name, from(name)[name]])) as Record<TextName, string>;
  return { ...texts, people: from("people").people };
}
