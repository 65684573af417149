// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { put, recent, type TypedLine } from "./typed";

const words = (lines: readonly TypedLine[]) => lines.map(({ person, text, done }) => `${person}: ${text}${done ? "." : ""}`);

it("a line is what was said of it last, and done when its person is at the next", () => {
  const lines = [
    ["anna", 1, "Ho"],
    ["anna", 1, "Hoi"],
    ["bram", 7, "Da"],
    ["anna", 2, "a"],
    ["anna", 1, "Hoi!"],
  ] as const;
  const all = lines.reduce<readonly TypedLine[]>((now, [person, line, text], at) => put(now, person, line, text, at), []);
  expect(words(all)).toEqual(["anna: Hoi!", "bram: Da", "anna: a"]);
  expect(words(put(all, "anna", 3, "", 9))).toEqual(["anna: Hoi!.", "bram: Da", "anna: a.", "anna: "]);
});

it("a line that was wiped out leaves nothing when it is done", () => {
  const wiped = put(put(put([], "anna", 1, "oeps", 0), "anna", 1, "", 1), "anna", 2, "Goed", 2);
  expect(words(wiped)).toEqual(["anna: Goed"]);
});

it("what was done long ago makes room, what is being typed stays", () => {
  const lines = put(put(put([], "anna", 1, "oud", 0), "anna", 2, "nieuw", 50_000), "bram", 1, "nog bezig", 0);
  expect(words(recent(lines, 70_000))).toEqual(["anna: nieuw", "bram: nog bezig"]);
});
