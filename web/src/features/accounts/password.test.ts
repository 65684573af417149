import { expect, it } from "vitest";
import { missing, type Rule } from "./password";

it.each<[string, Rule[]]>([
  ["Abcdef1!", []],
  ["Abcde1!", ["length"]],
  ["ABCDEF1!", ["lower"]],
  ["abcdef1!", ["upper"]],
  ["Abcdefg!", ["digit"]],
  ["Abcdefg1", ["special"]],
  ["Ábçdëf1€", []],
  ["Abcdef1 ", ["special"]],
  ["", ["length", "lower", "upper", "digit", "special"]],
])("%s misses %j", (password, rules) => {
  expect(missing(password)).toEqual(rules);
});
