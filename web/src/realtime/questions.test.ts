import { describe, expect, it } from "vitest";
import { CALLS, Questions, SEARCHES } from "./questions";

describe("questions", () => {
  it("are each given their own answer, in whatever order they come", async () => {
    const questions = new Questions<string>(SEARCHES);
    const [one, first] = questions.ask();
    const [two, second] = questions.ask();
    expect([one, two]).toEqual([SEARCHES[0], SEARCHES[0] + 1]);
    questions.answer(two, "second");
    questions.answer(one, "first");
    expect([await first, await second]).toEqual(["first", "second"]);
  });

  it("are answered with nothing when they are refused or the line is gone", async () => {
    const questions = new Questions<string>(SEARCHES);
    const [one, first] = questions.ask();
    const [, second] = questions.ask();
    questions.answer(one, null);
    questions.drop();
    expect([await first, await second]).toEqual([null, null]);
    questions.answer(one, "too late");
  });

  it("of two kinds never have the same number", () => {
    expect(CALLS[0]).toBeGreaterThan(SEARCHES[1]);
    const last = new Questions<string>([7, 7]);
    expect([last.ask()[0], last.ask()[0]]).toEqual([7, 7]);
  });
});
