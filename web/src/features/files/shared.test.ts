import { expect, it } from "vitest";
import { fitting, groups, shared, type Asked } from "./shared";

const form: Asked = { seq: 4, number: 1, name: "Aanmeldformulier" };
const letter: Asked = { seq: 4, number: 2, name: "Verwijsbrief" };
const file = (key: string, asked: Asked | null = null) => ({ key, asked });

it("files for one document stand together, those for none first, in the order of choosing", () => {
  const tray = [file("a", form), file("b"), file("c", letter), file("d", { ...form })];
  expect(groups(tray).map(({ asked, uploads }) => [asked?.name, uploads.map(({ key }) => key)])).toEqual([
    [undefined, ["b"]],
    ["Aanmeldformulier", ["a", "d"]],
    ["Verwijsbrief", ["c"]],
  ]);
});

it("each document goes in a message of its own, and the text with the first", () => {
  expect(shared({ body: "Hierbij" }, groups([file("a", form), file("b", letter)]))).toEqual([
    { content: { body: "Hierbij", replyTo: 4, answers: 1 }, uploads: ["a"] },
    { content: { body: "", replyTo: 4, answers: 2 }, uploads: ["b"] },
  ]);
});

it("files for none take the text, and what it answers", () => {
  expect(shared({ body: "Kijk", replyTo: 9 }, groups([file("a", form), file("b")]))).toEqual([
    { content: { body: "Kijk", replyTo: 9 }, uploads: ["b"] },
    { content: { body: "", replyTo: 4, answers: 1 }, uploads: ["a"] },
  ]);
});

it("a text that answers another message goes alone", () => {
  expect(shared({ body: "Ja", replyTo: 9 }, groups([file("a", form)]))).toEqual([
    { content: { body: "Ja", replyTo: 9 }, uploads: [] },
    { content: { body: "", replyTo: 4, answers: 1 }, uploads: ["a"] },
  ]);
});

it("a message takes so many files and no more; each document counts for itself", () => {
  const tray = [file("a"), file("b", form), file("c"), file("d"), file("e", form)];
  expect(fitting(tray, 2).map(({ key }) => key)).toEqual(["a", "c", "b", "e"]);
});
