import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Announced, Arrival } from "../../api/files";
import { MAX_FILES } from "../../api/protocol";

const server = vi.hoisted(() => ({ beginFile: vi.fn(), putPart: vi.fn(), finishFile: vi.fn(), dropFile: vi.fn(), loadArrival: vi.fn() }));
const send = vi.hoisted(() => vi.fn());
vi.mock("../../api/files", () => server);
vi.mock("../messages/undo", () => ({ send }));

const { cancel, choose, dropUploads, goingNext, inTray, sendWithTray, takeBack, leaving } = await import("./uploads");

const TALK = "talk";
const FORM = { seq: 4, number: 1, name: "Formulier" };
const file = (name: string) => new File([name], name, { lastModified: 1 });
const arrival = (id: string, state: Arrival["file"]["state"] = "ready"): Arrival => ({ file: { id, state }, partSize: 4, missing: [] });
const names = () => inTray(TALK).map(({ source }) => source.name);
const whole = (count: number) => vi.waitFor(() => expect(inTray(TALK).filter(({ status }) => status === "whole")).toHaveLength(count));
const sentIds = () => send.mock.calls.map(([, { files = [] }]) => files.map(({ id }: { id: string }) => id));

let hangs: Promise<never>;
let release: () => void;

beforeEach(() => {
  hangs = new Promise((_, reject) => (release = () => reject(new Error("over"))));
  hangs.catch(() => {});
  server.beginFile.mockImplementation((_, { fingerprint }: Announced) => Promise.resolve(arrival(fingerprint)));
  server.dropFile.mockResolvedValue(undefined);
});

afterEach(() => {
  dropUploads();
  release();
  vi.resetAllMocks();
});

it("what is more than a message takes says so, and goes with the next", async () => {
  choose(TALK, Array.from({ length: MAX_FILES + 3 }, (_, i) => file(`${i}.txt`)));
  await whole(MAX_FILES);
  expect(inTray(TALK)).toHaveLength(MAX_FILES + 3);
  expect(goingNext(TALK)).toHaveLength(MAX_FILES);
  sendWithTray(TALK, { body: "" });
  expect(sentIds().map((ids) => ids.length)).toEqual([MAX_FILES]);
  await whole(3);
});

it("the room of a file that is taken out goes to the next", async () => {
  choose(TALK, Array.from({ length: MAX_FILES + 1 }, (_, i) => file(`${i}.txt`)));
  await whole(MAX_FILES);
  cancel(inTray(TALK)[0]?.key ?? "");
  await whole(MAX_FILES);
});

it("a file that is in the tray is not added again, chosen together or later", async () => {
  choose(TALK, [file("a.txt"), file("a.txt"), file("b.txt")]);
  choose(TALK, [file("b.txt"), file("c.txt")]);
  expect(names()).toEqual(["a.txt", "b.txt", "c.txt"]);
  await whole(3);
});

it("the same file for two documents is two files on the server, and taking one out leaves the other", async () => {
  choose(TALK, [file("a.txt")]);
  choose(TALK, [file("a.txt")], { asked: FORM });
  await whole(2);
  const [one, other] = inTray(TALK).map((upload) => upload.file?.id);
  expect(one).not.toBe(other);
  cancel(inTray(TALK)[0]?.key ?? "");
  expect(server.dropFile.mock.calls).toEqual([[one]]);
  sendWithTray(TALK, { body: "" });
  expect(sentIds()).toEqual([[other]]);
});

it("a file that waits in one message can be chosen for another", async () => {
  server.finishFile.mockReturnValue(hangs);
  server.beginFile.mockImplementation((_, { fingerprint }: Announced) => Promise.resolve(arrival(fingerprint, "arriving")));
  choose(TALK, [file("a.txt")]);
  await vi.waitFor(() => expect(server.finishFile).toHaveBeenCalled());
  sendWithTray(TALK, { body: "een" });
  choose(TALK, [file("a.txt")]);
  await vi.waitFor(() => expect(server.finishFile).toHaveBeenCalledTimes(2));
  expect(new Set(server.finishFile.mock.calls.map(([id]) => id)).size).toBe(2);
});

it("the files of a message that is undone stand in the tray again, for what they were", async () => {
  choose(TALK, [file("a.txt"), file("b.txt")], { asked: FORM });
  await whole(2);
  sendWithTray(TALK, { body: "Hierbij" });
  expect(names()).toEqual([]);
  send.mock.calls[0]?.[2]();
  expect(inTray(TALK).map(({ source, asked }) => [source.name, asked])).toEqual([["a.txt", FORM], ["b.txt", FORM]]);
  await whole(2);
});

it("the files of a message that is taken back stand in the tray again", () => {
  server.beginFile.mockReturnValue(hangs);
  choose(TALK, [file("a.txt")]);
  sendWithTray(TALK, { body: "toch niet" });
  expect(names()).toEqual([]);
  takeBack(leaving.value[0]?.key ?? "");
  expect(names()).toEqual(["a.txt"]);
});
