import { describe, expect, it } from "vitest";
import type { Found } from "../api/protocol";
import { FIRST, Searches } from "./search";

const found = (request: number): Found => ({ type: "found", request, hits: [], more: false, people: [] });

describe("searches", () => {
  it("gives each question its own answer, in whatever order they come", async () => {
    const searches = new Searches();
    const [one, first] = searches.ask();
    const [two, second] = searches.ask();
    expect([one, two]).toEqual([FIRST, FIRST + 1]);
    searches.found(found(two));
    searches.found(found(one));
    expect((await first)?.request).toBe(one);
    expect((await second)?.request).toBe(two);
  });

  it("answers with nothing when it is refused or the line is gone", async () => {
    const searches = new Searches();
    const [one, first] = searches.ask();
    const [, second] = searches.ask();
    searches.refused({ type: "refused", code: "unavailable", text: "", retry: true, request: one });
    searches.drop();
    expect([await first, await second]).toEqual([null, null]);
    searches.found(found(one));
  });
});
