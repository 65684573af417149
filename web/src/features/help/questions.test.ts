import en from "@texts/en/help.json";
import nl from "@texts/nl/help.json";
import { expect, test } from "vitest";
import { shownFor, type Texts } from "./questions";

const ids = (texts: Texts, staff: boolean, sought = "") =>
  shownFor(texts, staff, sought).flatMap(({ questions }) => questions.map(({ id }) => id as string));

test("every question of the catalogue is asked, in both languages, and has an answer", () => {
  const asked = Object.keys(nl).flatMap((key) => /^help\.(.+)\.title$/.exec(key)?.[1] ?? []);
  for (const texts of [nl, en]) {
    expect(ids(texts, true).sort()).toEqual([...asked].sort());
    for (const { questions } of shownFor(texts, true, "")) for (const { answer } of questions) expect(answer.length).toBeGreaterThan(0);
  }
});

test("clients are not shown what is for staff", () => {
  expect(ids(nl, false)).not.toContain("invite-client");
  expect(ids(nl, true)).toContain("invite-client");
});

test("what is sought is found in questions and answers, whatever its case and accents", () => {
  expect(ids(nl, false, "WACHTWOORD vergeten")).toContain("forgotten");
  expect(ids(nl, false, "één keer")).toContain("invitation");
  expect(ids(nl, false, "google authenticator")).toEqual(["two-factor"]);
  expect(ids(nl, false, "iets dat er niet staat")).toEqual([]);
});
