import { describe, expect, it } from "vitest";
import { random } from "../testing/cast";
import { brand, contrast, parse, type Rgb } from "./brand";

const WHITE: Rgb = [255, 255, 255];

function branded(accent: string): Record<string, Rgb> {
  const set: Record<string, Rgb> = {};
  const style = {
    setProperty: (name: string, value: string) => {
      set[name] = value.match(/\d+/g)?.map(Number) as unknown as Rgb;
    },
  };
  brand(accent, style as unknown as CSSStyleDeclaration);
  return set;
}

it("measures contrast as WCAG does", () => {
  expect(contrast([0, 0, 0], WHITE)).toBeCloseTo(21, 5);
  expect(contrast([119, 119, 119], WHITE)).toBeCloseTo(4.48, 2);
});

it("leaves the style alone when the accent is no colour", () => {
  expect(parse("red; background: url(x)")).toBeNull();
  expect(branded("#12")).toEqual({});
});

describe("whatever the accent of the organisation, text can be read", () => {
  const chance = random(7);
  const hex = () => `#${Math.floor(chance() * 0x1000000).toString(16).padStart(6, "0")}`;
  const accents = ["#0b6b3a", "#ffff00", "#ffffff", "#000000", "#ff0000", ...Array.from({ length: 200 }, hex)];
  const dark: Rgb = [23, 31, 27];
  it.each([
    ["white on the menu", "--brand", WHITE],
    ["the accent on a white surface", "--brand", WHITE],
    ["light accent on a dark surface", "--brand-light", dark],
    ["text on one's own message, dark", "--brand-shade", [238, 246, 241] as Rgb],
    ["quiet text on one's own message, dark", "--brand-shade", [174, 188, 179] as Rgb],
    ["text on one's own message, light", "--brand-tint", [18, 37, 26] as Rgb],
    ["quiet text on one's own message, light", "--brand-tint", [76, 90, 82] as Rgb],
  ])("%s", (_, name, against) => {
    for (const accent of accents) {
      expect(contrast(branded(accent)[name] as Rgb, against), accent).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("the accent on one's own message", () => {
    for (const accent of accents) {
      const set = branded(accent);
      expect(contrast(set["--brand"] as Rgb, set["--brand-tint"] as Rgb), accent).toBeGreaterThanOrEqual(4.5);
      expect(contrast(set["--brand-light"] as Rgb, set["--brand-shade"] as Rgb), accent).toBeGreaterThanOrEqual(4.5);
    }
  });
});
