import { expect, it } from "vitest";
import type { Listed, Listing } from "../../api/files";
import { apply } from "../../realtime/apply";
import { EMPTY } from "../../state/state";
import { NOW, TALK, run, stored, talk, welcomed } from "../../testing/cast";
import { listableIn, renewed, stands } from "./standing";

const listed = (seq: number): Listed => ({ file: { id: `f${seq}`, state: "ready" }, conversation: TALK, seq, sender: "bram", at: "" });
const listing = (from: number, to: number, more = true): Listing => {
  const files = Array.from({ length: from - to + 1 }, (_, i) => listed(from - i));
  return { files, more, next: `below ${to}`, people: [] };
};
const seqs = ({ files }: Listing) => files.map(({ seq }) => seq);

it("a file stands as long as one takes part and its message is not withdrawn", () => {
  const state = welcomed(talk([stored(3), { ...stored(4), withdrawnAt: "2026-11-24T13:06:00Z" }, stored(5)]));
  expect([3, 4, 5].map((seq) => stands(state, listed(seq)))).toEqual([true, false, true]);
  const gone = apply(state, { type: "gone", conversation: TALK }, NOW);
  expect(stands(gone, listed(3))).toBe(false);
});

it("a file of a message that is not on this device stands, and so does all before the line is there", () => {
  expect(stands(welcomed(talk(run(3, 5))), listed(1))).toBe(true);
  expect(stands(EMPTY, listed(1))).toBe(true);
});

it("there is something else to list when a file comes or was checked, and not for a message without", () => {
  const before = welcomed(talk(run(1, 2)));
  const after = (state: "checking" | "ready") => welcomed(talk([...run(1, 2), { ...stored(3), files: [{ id: "f3", state }] }]));
  expect(listableIn(welcomed(talk(run(1, 4))))).toBe(listableIn(before));
  expect(listableIn(after("checking"))).toBe(listableIn(before));
  expect(listableIn(after("ready"))).not.toBe(listableIn(before));
  expect(listableIn(after("ready"), "another")).toBe(listableIn(before, "another"));
});

it("a list that is asked again keeps the older ones, without what went and without holes", () => {
  const before = listing(9, 2, false);
  const now = { ...listing(11, 6), files: [11, 10, 9, 7, 6].map(listed) };
  expect(renewed(before, now)).toMatchObject({ more: false, next: "below 2" });
  expect(seqs(renewed(before, now))).toEqual([11, 10, 9, 7, 6, 5, 4, 3, 2]);
  expect(renewed(before, listing(30, 20))).toEqual(listing(30, 20));
  expect(renewed(before, listing(9, 8, false))).toEqual(listing(9, 8, false));
});
