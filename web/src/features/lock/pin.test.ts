import { expect, test } from "vitest";
import { isPin, isWeak } from "./pin";

test("a PIN is four digits and nothing else", () => {
  expect(isPin("0471")).toBe(true);
  for (const other of ["", "471", "04711", "04 1", "abcd", "٠٤٧١", "-471"]) expect(isPin(other), other).toBe(false);
});

test.each(["0000", "7777", "1234", "4321", "6789", "0123", "9876", "1212", "4747", "1969", "1984", "2003", "2580"])("%s is warned of", (pin) => {
  expect(isWeak(pin)).toBe(true);
});

test.each(["4071", "8352", "1739", "0918", "5512"])("%s is not", (pin) => expect(isWeak(pin)).toBe(false));
