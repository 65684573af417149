import { describe, expect, it, vi } from "vitest";
import type { Arrival } from "../../api/files";
import { ApiError } from "../../api/http";
import { upload, type Line } from "./upload";

const PART = 4;
const FILE = new Blob(["abcdefghij"]);
const ANNOUNCED = { name: "brief.txt", size: FILE.size, fingerprint: "0".repeat(64) };
const TELL = { sent: vi.fn(), waiting: vi.fn() };

const arrival = (missing: readonly number[], state: Arrival["file"]["state"] = "arriving"): Arrival => ({
  file: { id: "f", state },
  partSize: PART,
  missing,
});

/** A server that keeps parts; `fails` says what the n-th request of all is answered instead. */
function server(fails: Readonly<Record<number, ApiError>> = {}, has: Record<number, string> = {}) {
  let requests = 0;
  const refuse = () => {
    const error = fails[requests++];
    if (error) throw error;
  };
  const missing = () => [0, 1, 2].filter((part) => !(part in has));
  const line: Line = {
    begin: async () => (refuse(), arrival(missing())),
    put: async (_, part, bytes, progress) => {
      refuse();
      progress(bytes.size);
      has[part] = await bytes.text();
    },
    finish: async () => (refuse(), arrival([], missing().length > 0 ? "arriving" : "checking")),
    wait: vi.fn(() => Promise.resolve()),
  };
  return { line, has };
}

const send = (line: Line, signal = new AbortController().signal) => upload(FILE, ANNOUNCED, line, TELL, signal);

describe("an upload", () => {
  it("sends every part once and is whole then", async () => {
    const { line, has } = server();
    expect((await send(line)).file.state).toBe("checking");
    expect(has).toEqual({ 0: "abcd", 1: "efgh", 2: "ij" });
    expect(TELL.sent).toHaveBeenLastCalledWith(FILE.size);
  });

  it("goes on where it was broken off", async () => {
    const { line, has } = server({}, { 0: "abcd", 2: "ij" });
    const put = vi.spyOn(line, "put");
    await send(line);
    expect(put.mock.calls.map(([, part]) => part)).toEqual([1]);
    expect(has[1]).toBe("efgh");
  });

  it("waits for a line that went, at any moment, and loses nothing", async () => {
    for (let at = 0; at < 5; at++) {
      const { line, has } = server({ [at]: new ApiError(0, "unreachable", ""), [at + 1]: new ApiError(503, "unavailable", "") });
      await send(line);
      expect(has).toEqual({ 0: "abcd", 1: "efgh", 2: "ij" });
      expect(line.wait).toHaveBeenCalledTimes(2);
    }
  });

  it("says what it waits for: a line that went, or what the server says, until it goes again", async () => {
    TELL.waiting.mockClear();
    const causes = [new ApiError(0, "unreachable", ""), new ApiError(507, "storage_full", "Er is nu geen ruimte.")] as const;
    await send(server({ 1: causes[0], 2: causes[1] }).line);
    expect(TELL.waiting.mock.calls).toEqual([[causes[0]], [causes[1]], [null]]);
  });

  it("ends with what the server refuses it for, before the rest is on its way", async () => {
    const { line } = server({ 1: new ApiError(400, "file_kind", "Dit soort bestand niet.") });
    const put = vi.spyOn(line, "put");
    await expect(send(line)).rejects.toThrow("file_kind");
    expect(put).toHaveBeenCalledTimes(1);
  });

  it("is broken off by its sender, also while it waits for a line", async () => {
    const stop = new AbortController();
    const { line } = server({ 1: new ApiError(0, "unreachable", "") });
    const wait = () => Promise.resolve(stop.abort());
    await expect(send({ ...line, wait }, stop.signal)).rejects.toThrow("unreachable");
  });

  it("is nothing to send when the server has it whole", async () => {
    const { line } = server();
    const put = vi.spyOn(line, "put");
    const begin = async () => arrival([], "ready");
    expect((await send({ ...line, begin })).file.state).toBe("ready");
    expect(put).not.toHaveBeenCalled();
  });
});
