import { describe, expect, it } from "vitest";
import { pieces } from "./links";

const links = (text: string) => pieces(text).flatMap((piece) => (typeof piece === "string" ? [] : [piece.href]));
const whole = (text: string) => pieces(text).map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");

describe("an address in a text", () => {
  it.each([
    ["zie https://voorbeeld.nl/a?b=c#d.", "https://voorbeeld.nl/a?b=c#d"],
    ["(https://voorbeeld.nl/pad)", "https://voorbeeld.nl/pad"],
    ["https://nl.wikipedia.org/wiki/Angst_(emotie)", "https://nl.wikipedia.org/wiki/Angst_(emotie)"],
    ["http://voorbeeld.nl!", "http://voorbeeld.nl/"],
    ["mail mailto:anna@voorbeeld.nl, graag", "mailto:anna@voorbeeld.nl"],
    ["HTTPS://VOORBEELD.NL", "https://voorbeeld.nl/"],
  ])("%s is a link", (text, href) => {
    expect(links(text)).toEqual([href]);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://voorbeeld.nl",
    "https://",
    "xhttps://voorbeeld.nl",
    "<b>vet</b>",
  ])("%s is text", (text) => {
    expect(pieces(text)).toEqual([text]);
  });
});

it("nothing of a text is lost", () => {
  const text = "Eerst (zie https://a.nl/x).\nDan mailto:b@c.nl en https://d.nl; einde.";
  expect(whole(text)).toBe(text);
  expect(links(text)).toHaveLength(3);
});

it("of a long address no part is looked at again and again", () => {
  const address = "https://voorbeeld.nl/" + "a.".repeat(200_000) + "a";
  expect(links(address + ")".repeat(200_000))).toEqual([address]);
});
