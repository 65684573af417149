import { afterEach, expect, test } from "vitest";
import { countryName } from "./country";
import { language } from "./text";

const before = language.value;
afterEach(() => void (language.value = before));

test("a country is called as people call it, in their language", () => {
  expect(countryName("NL")).toBe("Nederland");
  expect(countryName("DE")).toBe("Duitsland");
  language.value = "en";
  expect(countryName("DE")).toBe("Germany");
});

test.each(["", "nl", "N", "NLD", "1.", "QQ", "<b>"])("what is no country has no name: %s", (code) => {
  expect(countryName(code)).toBe("");
});
