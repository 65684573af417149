import { expect, it } from "vitest";
import type { Needed } from "../../api/documents";
import { ANNA, BRAM, TALK, run, stored, talk, welcomed } from "../../testing/cast";
import { openIn, parts } from "./needed";

const needed = (seq: number, name: string, conversation = TALK, number = 1): Needed => ({
  conversation,
  seq,
  number,
  name,
  sender: BRAM,
  at: stored(seq).at,
});
const shown = (state: Parameters<typeof parts>[0], ...listed: Needed[]) =>
  parts(state, listed).map(({ name, documents }) => [name, documents.map((one) => one.name)]);

it("to a client it stands under who asks", () => {
  const state = welcomed(talk(run(1, 2), { client: ANNA }));
  expect(shown(state, needed(1, "Dagboek"), needed(2, "Brief"))).toEqual([["Bram Test", ["Dagboek", "Brief"]]]);
});

it("to staff it stands under the client, from all conversations with them", () => {
  const state = { ...welcomed(talk(run(1, 1), { client: ANNA }), talk([], { id: "plan", client: ANNA })), me: null };
  expect(shown(state, needed(1, "Dagboek"), needed(1, "Formulier", "plan"))).toEqual([["Anna Test", ["Dagboek", "Formulier"]]]);
});

it("what came since, is withdrawn, or stands where one is no longer, is left out", () => {
  const first = { ...stored(1), documents: [{ name: "Dagboek", done: true }, { name: "Brief" }] };
  const state = welcomed(talk([first, { ...stored(2), withdrawnAt: "now" }], { client: ANNA }));
  expect(shown(state, needed(1, "Dagboek"), needed(1, "Brief", TALK, 2), needed(2, "Pas"), needed(1, "Weg", "gone"))).toEqual([
    ["Bram Test", ["Brief"]],
  ]);
  expect(openIn(state)).toBe(1);
});
