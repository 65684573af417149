// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import type { Call, ServerFrame } from "../../api/protocol";
import { device } from "../../platform/call-place";
import { askOfCall, sayNow } from "../../realtime/client";
import { START, step } from "../../realtime/session";
import { frameListeners, session } from "../../realtime/store";
import { BRAM, NOW, TALK, person, talk, welcome } from "../../testing/cast";
import { ahead, dropCalls, own, place } from "./calls";
import { answerQuestion, join, joinAhead, refusal } from "./joining";
import { closeMedia } from "./media";
import { enterRoom, leaveRoom } from "./room";

vi.mock("../../realtime/client", () => ({ sayNow: vi.fn(), askOfCall: vi.fn() }));
vi.mock("./media", () => ({ begin: vi.fn(), closeMedia: vi.fn(), connections: vi.fn(), follow: vi.fn(), hearMedia: vi.fn(), restart: vi.fn(), send: vi.fn(), takeRelays: vi.fn() }));
vi.mock("./hearing", () => ({ hear: () => () => {} }));
vi.mock("./watching", () => ({ watchQuality: () => () => {} }));
vi.mock("./awake", () => ({ keepAwake: () => () => {} }));

const call = (id: string, conversation = TALK): Call => ({
  id,
  conversation,
  startedBy: BRAM,
  startedAt: "2026-11-24T13:05:00Z",
  media: "mesh",
  seats: [{ person: BRAM, state: "in" }],
  people: [person(BRAM)],
});
const hear = (frame: ServerFrame) => {
  session.value = step(session.peek(), { type: "frame", frame }, NOW)[0];
  frameListeners.forEach((tell) => tell(frame));
};
const answers = (state: "waiting" | "in", id = "call") =>
  vi.mocked(askOfCall).mockResolvedValue({ type: "call_joined", request: 1, call: id, state, servers: [] });
const said = () => vi.mocked(sayNow).mock.calls.map(([frame]) => frame);

beforeEach(() => {
  leaveRoom();
  dropCalls();
  vi.clearAllMocks();
  own.value = { microphone: false, camera: false };
  session.value = { ...START, link: "greeting" };
  hear({ ...welcome([talk([])]), calls: [call("call"), call("other", "elsewhere")] });
  enterRoom();
});

it("says again after each joining what somebody answered in the waiting room", async () => {
  answers("waiting");
  place.value = { conversation: TALK, call: "call", phase: "lobby" };
  await join();
  expect(said()).toEqual([]);
  answerQuestion(true);
  const ready = { type: "call_ready", call: "call", device, alone: true };
  expect(said()).toEqual([ready]);
  hear({ ...welcome([talk([])]), calls: [call("call")] });
  await vi.waitFor(() => expect(said()).toEqual([ready, ready]));
  answerQuestion(false);
  expect(said().at(-1)).toEqual({ ...ready, alone: false });
});

it("leaves the call before once it is let into the other, with nothing of the one going on in the other", async () => {
  place.value = { conversation: TALK, call: "call", phase: "in" };
  ahead.value = { conversation: "elsewhere", call: "other", phase: "lobby" };
  answers("in", "other");
  await joinAhead();
  expect(said()[0]).toEqual({ type: "leave_call", call: "call", device });
  expect(place.value).toMatchObject({ call: "other", phase: "in" });
  expect(closeMedia).toHaveBeenCalledOnce();
});

it("stays in the call before when the other refuses", async () => {
  const before = { conversation: TALK, call: "call", phase: "in" } as const;
  place.value = before;
  ahead.value = { conversation: "elsewhere", call: "other", phase: "lobby" };
  vi.mocked(askOfCall).mockResolvedValue({ type: "refused", request: 1, code: "call_full", text: "Vol." } as never);
  await joinAhead();
  expect([place.value, ahead.value?.phase, refusal.value]).toEqual([before, "lobby", "Vol."]);
  expect(said().filter(({ type }) => type === "leave_call")).toEqual([]);
});

it("leaves the other when one turned back before it answered", async () => {
  place.value = { conversation: TALK, call: "call", phase: "in" };
  ahead.value = { conversation: "elsewhere", call: "other", phase: "lobby" };
  answers("in", "other");
  const joining = joinAhead();
  ahead.value = null;
  await joining;
  expect(said().filter(({ type }) => type === "leave_call")).toEqual([{ type: "leave_call", call: "other", device }]);
  expect(place.value?.call).toBe("call");
});
