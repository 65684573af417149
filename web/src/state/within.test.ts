import { describe, expect, it } from "vitest";
import type { Organisation } from "../api/protocol";
import { run, talk, welcomed } from "../testing/cast";
import { chosenOf, within } from "./within";

const LINDE: Organisation = { id: "linde", name: "De Linde", role: "client", accent: "#0b6b3a", contacts: ["bram", "both"] };
const ELDERS: Organisation = { id: "elders", name: "Elders", role: "administrator", accent: "#112233", contacts: ["carla", "both"] };

const state = {
  ...welcomed(talk(run(1, 2), { id: "here", organisation: "linde" }), talk(run(1, 2), { id: "there", organisation: "elders" })),
  organisations: [LINDE, ELDERS],
  contacts: ["bram", "both", "carla", "both", "fresh"],
  teams: [{ id: "t", organisation: "linde", kind: "planning" as const, name: "Planbureau" }],
};

describe("somebody of several organisations", () => {
  it("sees what is of the one they chose, and nothing of the others", () => {
    const seen = within(state, "linde");
    expect(seen.organisations).toEqual([LINDE]);
    expect(Object.keys(seen.conversations)).toEqual(["here"]);
    expect(seen.contacts).not.toContain("carla");
    expect(seen.contacts).toContain("both");
    expect(seen.teams).toHaveLength(1);
    expect(Object.keys(within(state, "elders").conversations)).toEqual(["there"]);
    expect(within(state, "elders").teams).toEqual([]);
  });

  it("acts where they work until they choose", () => {
    expect(chosenOf(state, null)).toBe(ELDERS);
    expect(chosenOf(state, "left")).toBe(ELDERS);
    expect(chosenOf(state, "linde")).toBe(LINDE);
  });
});

it("who belongs to one organisation sees the state as it is", () => {
  const alone = welcomed(talk(run(1, 2)));
  expect(within(alone, null)).toBe(alone);
});
