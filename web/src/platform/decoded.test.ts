import { expect, it } from "vitest";
import { decoded } from "./decoded";

it.each([
  ["a%20b", "a b"],
  ["%", "%"],
  ["%zz", "%zz"],
  ["%C3", "%C3"],
  ["", ""],
  ["AbC_-9", "AbC_-9"],
])("%s reads %s", (text, read) => {
  expect(decoded(text)).toBe(read);
});
