// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Call, Seat, ServerFrame } from "../../api/protocol";
import { device } from "../../platform/call-place";
import { step } from "../../platform/router";
import { START, step as stepOf } from "../../realtime/session";
import { frameListeners, session } from "../../realtime/store";
import { ANNA, BRAM, NOW, TALK, person, talk, welcome } from "../../testing/cast";
import { callIn, dropCalls, goToCall, isShown, left, place, watchCalls } from "./calls";
import { ringing, stopRinging, watchRinging } from "./ring";
import { chime } from "./sounds";

vi.mock("./sounds", () => ({ chime: vi.fn() }));

const call = (seats: Seat[] = [{ person: BRAM, state: "in" }]): Call => ({
  id: "call",
  conversation: TALK,
  startedBy: BRAM,
  startedAt: "2026-11-24T13:05:00Z",
  media: "mesh",
  seats,
  people: [person(BRAM)],
});

/** As the client tells it: the state first, then who listens. */
function hear(...frames: ServerFrame[]): void {
  for (const frame of frames) {
    session.value = stepOf(session.peek(), { type: "frame", frame }, NOW)[0];
    frameListeners.forEach((tell) => tell(frame));
  }
}

watchCalls();
watchRinging();

beforeEach(() => {
  dropCalls();
  stopRinging();
  vi.mocked(chime).mockClear();
  session.value = { ...START, link: "greeting" };
  hear(welcome([talk([])]));
});

const ring: ServerFrame = { type: "call", call: call(), ring: true };

describe("a call that begins", () => {
  it("rings until somebody joins on any of the person's devices", () => {
    hear(ring);
    expect(ringing.value).toBe("call");
    expect(chime).toHaveBeenCalledWith("ring");
    hear({ type: "call", call: call([{ person: BRAM, state: "in" }, { person: ANNA, state: "waiting" }]) });
    expect(ringing.value).toBe(null);
  });

  it("rings until it ends, or for 45 seconds", () => {
    vi.useFakeTimers();
    hear(ring, { type: "call_ended", call: "call", conversation: TALK });
    expect(ringing.value).toBe(null);
    hear(ring);
    vi.advanceTimersByTime(44_000);
    expect(ringing.value).toBe("call");
    vi.advanceTimersByTime(2_000);
    expect(ringing.value).toBe(null);
    vi.useRealTimers();
  });

  it("does not ring when it was begun by oneself, or for a change of it", () => {
    hear({ type: "call", call: call([{ person: ANNA, state: "in" }]), ring: true });
    hear({ type: "call", call: call() });
    expect(ringing.value).toBe(null);
  });

  it("makes no sound for who is in another call", () => {
    hear({ type: "call", call: { ...call([{ person: ANNA, state: "in" }]), id: "other", conversation: "elsewhere" } }, ring);
    expect(ringing.value).toBe("call");
    expect(chime).not.toHaveBeenCalled();
  });
});

describe("where this page is in a call", () => {
  it("is at the test of devices first, and nowhere when the call ends meanwhile", () => {
    hear({ type: "call", call: call() });
    expect(callIn(TALK)?.id).toBe("call");
    goToCall(TALK);
    expect([place.value, isShown(), step.value]).toEqual([{ conversation: TALK, call: "call", phase: "lobby" }, true, "call"]);
    hear({ type: "call_ended", call: "call", conversation: TALK });
    expect([place.value, left.value]).toEqual([null, "ended"]);
  });

  it("is nowhere when the person is in it with another device, and no matter what another device is told", () => {
    hear({ type: "call", call: call() });
    place.value = { conversation: TALK, call: "call", phase: "in" };
    hear({ type: "call_left", call: "call", device: "another", reason: "elsewhere" });
    expect(place.value).not.toBe(null);
    hear({ type: "call_left", call: "call", device, reason: "elsewhere" });
    expect([place.value, left.value]).toEqual([null, "elsewhere"]);
  });

  it("is told of a call that ended while there was no line", () => {
    hear({ type: "call", call: call() });
    place.value = { conversation: TALK, call: "call", phase: "in" };
    session.value = { ...session.peek(), link: "greeting" };
    hear({ ...welcome([talk([])]), calls: [call()] });
    expect(place.value?.call).toBe("call");
    hear(welcome([talk([])]));
    expect([place.value, left.value]).toEqual([null, "ended"]);
  });
});
