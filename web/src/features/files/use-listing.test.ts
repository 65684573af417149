// @vitest-environment happy-dom
import { h, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Listing } from "../../api/files";
import { START } from "../../realtime/session";
import { session } from "../../realtime/store";
import { NOW, stored, talk, welcomed } from "../../testing/cast";
import { useListing, type Files } from "./use-listing";

const answers: ((listing: Listing) => void)[] = [];
vi.mock("../../api/files", () => ({ listFiles: () => new Promise((done) => answers.push(done)) }));

let files: Files;
const Page = () => {
  files = useListing({});
  return null;
};

/** On this device is what was sent up to `last`, each with a file. */
const holds = (last: number) =>
  act(() => {
    const messages = Array.from({ length: last }, (_, i) => ({ ...stored(i + 1), files: [{ id: `f${i + 1}`, state: "ready" as const }] }));
    session.value = { ...START, state: welcomed(talk(messages)) };
  });

const passes = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
async function answer(place: number, more: boolean): Promise<void> {
  answers[place]?.({ files: [], more, next: "", people: [] });
  await passes(1);
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  render(null, document.body);
  answers.length = 0;
  vi.useRealTimers();
});

it("what came while the list was under way is listed, in whatever order the answers come", async () => {
  holds(1);
  act(() => render(h(Page, null), document.body));
  await passes(100);
  holds(2);
  await passes(300);
  expect(answers).toHaveLength(2);
  await answer(1, true);
  await answer(0, false);
  expect([files.listing?.more, files.busy]).toEqual([true, false]);
});
