import { expect, it } from "vitest";
import type { Reacted } from "../../api/protocol";
import { ANNA, BRAM, TALK, stored } from "../../testing/cast";
import { ownReaction, reactionsTo } from "./reactions";

const thanked: Reacted[] = [{ reaction: "thanks", people: [ANNA, BRAM] }];
const message = { ...stored(1), reactions: thanked };
const wanting = (reaction: "agree" | null, text?: string) =>
  ({ request: 1, conversation: TALK, seq: 1, wish: { type: "react", reaction }, ...(text && { text }) }) as const;

it("shows what the person wants before it is confirmed, in the order in which reactions are offered", () => {
  expect(reactionsTo(message, wanting("agree"), ANNA)).toEqual([
    { reaction: "agree", people: [ANNA] },
    { reaction: "thanks", people: [BRAM] },
  ]);
  expect(reactionsTo(message, wanting(null), ANNA)).toEqual([{ reaction: "thanks", people: [BRAM] }]);
});

it("shows what is stored where nothing is wanted, or what was wanted is refused", () => {
  expect(reactionsTo(message, undefined, ANNA)).toEqual(thanked);
  expect(reactionsTo(message, wanting("agree", "Ingetrokken"), ANNA)).toEqual(thanked);
  expect(ownReaction(thanked, ANNA)).toBe("thanks");
  expect(ownReaction(thanked, "petra")).toBeNull();
});
