// @vitest-environment happy-dom
import { h, render } from "preact";
import { expect, it } from "vitest";
import { useLatest, useSubmit, type Submit } from "./submit";

type Use = typeof useSubmit;

/** A choice, each time sent as it was chosen; `sent` are the answers that are awaited. */
function choosing(use: Use) {
  const sent: { readonly value: string; readonly answer: (error?: Error) => void }[] = [];
  let wanted = "";
  let shown: Submit | null = null;
  function Choice() {
    const chosen = () => {
      const value = wanted;
      return new Promise<void>((resolve, reject) => void sent.push({ value, answer: (error) => (error ? reject(error) : resolve()) }));
    };
    shown = use(chosen);
    return null;
  }
  render(h(Choice, {}), document.createElement("div"));
  const choose = (value: string) => {
    wanted = value;
    shown?.submit();
  };
  return { sent, choose, now: () => shown as unknown as Submit };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it("what is pressed while a form is being sent is not sent a second time", async () => {
  const { sent, choose } = choosing(useSubmit);
  choose("once");
  choose("twice");
  sent[0]?.answer();
  await settled();
  expect(sent.map(({ value }) => value)).toEqual(["once"]);
});

it("what is chosen while a choice before it is being saved is saved after it, and of more only the last", async () => {
  const { sent, choose, now } = choosing(useLatest);
  choose("first");
  choose("second");
  choose("third");
  expect(sent.map(({ value }) => value)).toEqual(["first"]);
  sent[0]?.answer();
  await settled();
  expect(sent.map(({ value }) => value)).toEqual(["first", "third"]);
  expect(now().busy).toBe(true);
  sent[1]?.answer();
  await settled();
  expect(sent).toHaveLength(2);
  expect(now().busy).toBe(false);
});

it("that the one before failed is told no longer once the last is saved", async () => {
  const { sent, choose, now } = choosing(useLatest);
  choose("first");
  choose("second");
  sent[0]?.answer(new Error("no line"));
  await settled();
  sent[1]?.answer();
  await settled();
  expect(now().error).toBeNull();
  choose("third");
  sent[2]?.answer(new Error("no line"));
  await settled();
  expect(now().error?.code).toBe("unexpected");
});
