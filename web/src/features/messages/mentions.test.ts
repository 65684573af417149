import { describe, expect, it } from "vitest";
import { person } from "../../testing/cast";
import { complete, mentionedIn, offered, soughtIn, withMentions } from "./mentions";

const bram = person("bram");
const petra = person("petra");
const both = [bram, petra];

describe("a name after an @", () => {
  it("is sought while it is typed, wherever a word may begin", () => {
    expect(soughtIn("@", 1)).toEqual({ from: 0, words: "" });
    expect(soughtIn("Dag @Bra hoi", 8)).toEqual({ from: 4, words: "Bra" });
    expect(soughtIn("post@voorbeeld.nl", 10)).toBeNull();
    expect(soughtIn("Dag @Bram, kan het?", 18)).toBeNull();
  });

  it("is offered in a conversation of more than two only", () => {
    expect(offered(both, { from: 0, words: "pe" })).toEqual([petra]);
    expect(offered(both, { from: 0, words: "" })).toEqual(both);
    expect(offered([bram], { from: 0, words: "br" })).toEqual([]);
  });

  it("is written out when chosen", () => {
    expect(complete("Dag @pe, tot zo", { from: 4, words: "pe" }, petra)).toEqual({ text: "Dag @Petra Test , tot zo", caret: 16 });
    expect(complete("@", { from: 0, words: "" }, bram)).toEqual({ text: "@Bram Test ", caret: 11 });
  });

  it("mentions who is named in full", () => {
    expect(mentionedIn("@Bram Test en @Petra", both)).toEqual(["bram"]);
    expect(mentionedIn("@Bram Test", [bram])).toEqual([]);
  });
});

it("names a client as other clients know them, by whatever name they were sought", () => {
  const anna = { ...person("anna", "client"), groupName: "Zonnetje" };
  for (const words of ["Anna T", "zon"]) expect(offered([anna, bram], { from: 0, words })).toEqual([anna]);
  expect(complete("@an", { from: 0, words: "an" }, anna).text).toBe("@Zonnetje ");
  expect(mentionedIn("@Zonnetje", [anna, bram])).toEqual(["anna"]);
  expect(withMentions(["@Zonnetje!"], [anna])).toEqual([{ mention: "@Zonnetje", id: "anna" }, "!"]);
});

it("names are drawn apart from the text around them, the longest first", () => {
  const short = { ...person("bram"), id: "short", lastName: "" };
  expect(withMentions(["Dag @Bram Test en @Bram.", { href: "x", text: "@Bram Test" }], [short, bram])).toEqual([
    "Dag ",
    { mention: "@Bram Test", id: "bram" },
    " en ",
    { mention: "@Bram", id: "short" },
    ".",
    { href: "x", text: "@Bram Test" },
  ]);
});
