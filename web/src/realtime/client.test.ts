// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import type { ServerFrame } from "../api/protocol";
import { TALK, talk, welcome } from "../testing/cast";
import { askOfCall, connect, forget } from "./client";
import type { Socket } from "./connection";
import { frameListeners } from "./store";

const sockets: Socket[] = [];

class Line {
  onopen = null;
  onmessage = null;
  onclose = null;
  readyState = 1;
  send = vi.fn();
  close = vi.fn();
  constructor() {
    sockets.push(this);
  }
}

/** One frame, and all that follows from it before the next comes: each is a task of its own. */
async function hear(frame: ServerFrame): Promise<void> {
  sockets.at(-1)?.onmessage?.({ data: JSON.stringify(frame) });
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

afterEach(() => {
  forget();
  vi.unstubAllGlobals();
});

it("lets who waits for an answer act on it before it tells of the frame behind it, however fast they come", async () => {
  vi.stubGlobal("WebSocket", Line);
  connect();
  sockets.at(-1)?.onopen?.();
  const happened: string[] = [];
  frameListeners.add(({ type }) => happened.push(type));
  await hear(welcome([talk([])]));
  let request = 0;
  void askOfCall((number) => ({ type: "join_call", request: (request = number), call: "call", device: "device" })).then(
    (answer) => happened.push(`joined ${answer?.type === "call_joined" ? answer.state : ""}`),
  );
  await hear({ type: "typing", conversation: TALK, person: "bram" } as ServerFrame);
  await hear({ type: "call_joined", request, call: "call", state: "waiting", servers: [] });
  await hear({ type: "call_admitted", call: "call", servers: [] });
  await vi.waitFor(() => expect(happened).toContain("call_admitted"));
  expect(happened).toEqual(["welcome", "typing", "call_joined", "joined waiting", "call_admitted"]);
});
