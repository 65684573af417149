import { describe, expect, it } from "vitest";
import { outcomeOf } from "./outcome";

describe("what came of signing on", () => {
  it("says what a person can do about it", () => {
    expect(outcomeOf("#sign-on=own_password")).toEqual({ secondStep: false, problem: "signOn.ownPassword" });
    expect(outcomeOf("#sign-on=second_step")).toEqual({ secondStep: true, problem: null });
  });

  it("says of any other code that it did not work, and of another fragment nothing", () => {
    expect(outcomeOf("#sign-on=<b>")?.problem).toBe("signOn.failed");
    expect(outcomeOf("#sign-on=constructor")?.problem).toBe("signOn.failed");
    expect(outcomeOf("#sign-on=")?.problem).toBe("signOn.failed");
    expect(outcomeOf("")).toBeNull();
    expect(outcomeOf("#token")).toBeNull();
  });
});
