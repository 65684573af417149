import { expect, it } from "vitest";
import type { Alteration } from "../../state/state";
import { pending, stored } from "../../testing/cast";
import { namesIn } from "./asking";
import { broughtBy, listOf, withoutText, withWishes } from "./documents";

const list = [{ name: "Aanmeldformulier" }, { name: "Verwijsbrief", done: true, answer: 2 }];
const settles = (number: number, done: boolean, text?: string): Alteration => ({
  request: 1,
  conversation: "talk",
  seq: 1,
  wish: { type: "settle", number, done },
  ...(text !== undefined && { text }),
});

it("what is said of a document shows at once, and not when it was refused", () => {
  expect(withWishes(list, [settles(1, true)])[0]).toEqual({ name: "Aanmeldformulier", done: true });
  expect(withWishes(list, [settles(2, false)])[1]).toEqual({ name: "Verwijsbrief", done: false });
  expect(withWishes(list, [settles(1, true), settles(1, false)])[0]).toEqual({ name: "Aanmeldformulier", done: false });
  expect(withWishes(list, [settles(1, true, "Te laat")])).toEqual(list);
});

it("what brought a document is not forgotten by saying again that it is done", () => {
  expect(withWishes(list, [settles(2, true)])[1]).toBe(list[1]);
});

it("a request that waits to be sent has its list", () => {
  expect(listOf(null, pending("a", { documents: ["Verwijsbrief"] }))).toEqual([{ name: "Verwijsbrief" }]);
});

it("a message says which document it brings, before and after it is stored", () => {
  const asking = { ...stored(1), documents: list };
  expect(broughtBy(asking, stored(2), null)).toBe("Verwijsbrief");
  expect(broughtBy(asking, null, pending("a", { answers: 1 }))).toBe("Aanmeldformulier");
  expect([broughtBy(asking, stored(3), null), broughtBy(undefined, stored(2), null), broughtBy(asking, null, pending("a"))]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it("a request without a text says how much it asks for", () => {
  expect([withoutText({ documents: list }), withoutText({ documents: ["Brief"] }), withoutText({})]).toEqual([
    "Vraagt om 2 documenten",
    "Vraagt om 1 document",
    "",
  ]);
});

it("names are sent without empty ones and needless spaces", () => {
  expect(namesIn({ names: ["  Kopie   pas ", "", " "], text: "" })).toEqual(["Kopie pas"]);
});
