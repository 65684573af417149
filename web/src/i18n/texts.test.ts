// The catalogues: both languages have the same texts with the same values to fill in, and every text is used.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "@texts/en/web.json";
import nl from "@texts/nl/web.json";
import { plural } from "./text";

const SOURCES = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
  .map((file) => readFileSync(join("src", file), "utf8"))
  .join("\n");

const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe("the texts", () => {
  it("have the same keys in Dutch and English, in alphabetical order", () => {
    expect(Object.keys(en)).toEqual(Object.keys(nl));
    expect(Object.keys(nl)).toEqual(Object.keys(nl).sort());
  });

  it("take the same values in both languages", () => {
    for (const key of Object.keys(nl) as (keyof typeof nl)[]) expect(values(en[key]), key).toEqual(values(nl[key]));
  });

  it("are all used", () => {
    const unused = Object.keys(nl).filter((key) => {
      const base = key.replace(/\.(one|other)$/, "");
      return !SOURCES.includes(`"${key}"`) && !SOURCES.includes(`"${base}"`);
    });
    expect(unused).toEqual([]);
  });

  it("have both plural forms", () => {
    const keys = Object.keys(nl);
    for (const key of keys.filter((k) => k.endsWith(".one"))) expect(keys).toContain(key.replace(/one$/, "other"));
  });

  it("are not broken within “e-mail” or before a mark that is an example", () => {
    for (const [key, text] of [...Object.entries(nl), ...Object.entries(en)]) {
      if (/[.?]$/.test(text)) expect(text, key).not.toMatch(/\be-mail/);
      expect(text, key).not.toMatch(/! | \?/);
    }
  });

  it("write numbers as the language does", () => {
    expect(plural("composer.over", 1234)).toContain("1.234");
  });

  it("say u to the reader, never je", () => {
    for (const [key, text] of Object.entries(nl)) expect(text, key).not.toMatch(/\b(je|jij|jouw|jullie)\b/i);
  });
});
