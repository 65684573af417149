import { describe, expect, it } from "vitest";
import { TEXTS, type Plan, type TextName } from "../../api/plans";
import { PARTS, chosen, differing, isEmpty, propose, tidy, type PartName } from "./parts";

const plan = (over: Partial<Plan> = {}): Plan => ({
  ...(Object.fromEntries(TEXTS.map((name) => [name, ""])) as Record<TextName, string>),
  people: [],
  ...over,
});
const lotte = { name: "Lotte", number: "06 1234 5678" };

describe("two plans made from one", () => {
  const base = plan({ helps: "wandelen", redOwn: "bellen" });
  const mine = plan({ helps: "wandelen", redOwn: "Lotte bellen", people: [lotte] });
  const newest = plan({ helps: "muziek", redOwn: "de praktijk bellen" });

  it("differ in the parts that one or both changed", () => {
    expect([...differing(mine, newest)].sort()).toEqual(["helps", "people", "redOwn"]);
    expect(differing(plan({ helps: " wandelen\n" }), plan({ helps: "wandelen" }))).toEqual([]);
    expect(differing(plan({ people: [lotte, { name: " ", number: "" }] }), plan({ people: [lotte] }))).toEqual([]);
  });

  it("propose what only one of both changed, and one's own where both did", () => {
    expect(propose(base, mine, newest)).toEqual({ helps: "newest", redOwn: "mine", people: "mine" });
  });

  it("become one that has each part of the one that was chosen, and nothing else", () => {
    for (const part of PARTS) {
      const whole = plan(Object.fromEntries(TEXTS.map((name) => [name, `mine ${name}`])));
      const other = plan({ ...Object.fromEntries(TEXTS.map((name) => [name, `newest ${name}`])), people: [lotte] });
      const one = chosen({ [part]: "mine" }, whole, other);
      const from = (name: PartName) => (name === part ? whole : other);
      for (const name of PARTS) expect(one[name]).toEqual(from(name)[name]);
    }
    expect(chosen(propose(base, mine, newest), mine, newest)).toEqual({ ...mine, helps: "muziek" });
  });
});

it("a plan of white space and nobody is empty", () => {
  const white = plan({ helps: " \n", people: [{ name: " ", number: "" }] });
  expect(isEmpty(tidy(white))).toBe(true);
  expect(isEmpty(plan({ people: [lotte] }))).toBe(false);
});
