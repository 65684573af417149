import en from "@texts/en/help.json";
import nl from "@texts/nl/help.json";
import { expect, test } from "vitest";
import { shownFor, type Reader, type Texts } from "./questions";

const CLIENT = { staff: false, outside: false, invites: false, recovers: false };
const STAFF = { staff: true, outside: false, invites: true, recovers: true };
const ids = (texts: Texts, reader: Reader, sought = "") =>
  shownFor(texts, reader, sought).flatMap(({ questions }) => questions.map(({ id }) => id as string));

test("every question of the catalogue is asked, in both languages, and has an answer", () => {
  const asked = Object.keys(nl).flatMap((key) => /^help\.(.+)\.title$/.exec(key)?.[1] ?? []);
  for (const texts of [nl, en]) {
    expect([...new Set([...ids(texts, STAFF), ...ids(texts, CLIENT)])].sort()).toEqual([...asked].sort());
    for (const { questions } of shownFor(texts, STAFF, "")) for (const { answer } of questions) expect(answer.length).toBeGreaterThan(0);
  }
});

test("nobody is shown what is for others", () => {
  expect(ids(nl, CLIENT)).not.toContain("invite-client");
  expect(ids(nl, CLIENT)).toContain("start-call");
  expect(ids(nl, STAFF)).toContain("invite-client");
  for (const of of ["start-call", "whom", "answer", "plan"]) expect(ids(nl, STAFF)).not.toContain(of);
  expect(ids(nl, { ...STAFF, invites: false, recovers: false })).not.toEqual(expect.arrayContaining(["invite-client"]));
  expect(ids(nl, { ...STAFF, recovers: false })).not.toContain("recover-factor");
  expect(ids(nl, CLIENT)).not.toContain("sign-on");
  expect(ids(nl, { ...CLIENT, outside: true })).toContain("sign-on");
});

test("what is sought is found in questions and answers, whatever its case and accents", () => {
  expect(ids(nl, CLIENT, "WACHTWOORD vergeten")).toContain("forgotten");
  expect(ids(nl, CLIENT, "één keer")).toContain("invitation");
  expect(ids(nl, CLIENT, "google authenticator")).toEqual(["two-factor"]);
  expect(ids(nl, CLIENT, "iets dat er niet staat")).toEqual([]);
});

test("a question is found as people type it: with a question mark, without a hyphen, and by what they call it", () => {
  expect(ids(nl, CLIENT, "Wachtwoord vergeten?")).toEqual(["forgotten"]);
  expect(ids(nl, CLIENT, "Hoe zet ik meldingen aan?")).toContain("notifications");
  expect(ids(nl, CLIENT, "email")).toEqual(ids(nl, CLIENT, "e-mail"));
  expect(ids(nl, STAFF, "email")).toContain("sign-on");
  expect(ids(nl, CLIENT, "foto sturen")).toEqual(["file"]);
  for (const [texts, sought, found] of [
    [nl, "zelfmoord", "emergency"],
    [nl, "Suicide", "emergency"],
    [nl, "crisis", "emergency"],
    [nl, "beeldbellen", "call"],
    [nl, "bericht verwijderen", "alter"],
    [nl, "pin-code", "pin"],
    [nl, "2fa", "two-factor"],
    [en, "suicide", "emergency"],
    [en, "passcode", "pin"],
    [en, "delete message", "alter"],
  ] as const)
    expect(ids(texts, CLIENT, sought)).toContain(found);
});
