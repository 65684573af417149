// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Call, Seat, ServerFrame } from "../../api/protocol";
import { device } from "../../platform/call-place";
import { step } from "../../platform/router";
import { START, step as stepOf } from "../../realtime/session";
import { sayNow } from "../../realtime/client";
import { frameListeners, session } from "../../realtime/store";
import { ANNA, BRAM, NOW, PETRA, TALK, person, talk, welcome } from "../../testing/cast";
import { ahead, callIn, dropCalls, goAhead, goToCall, isShown, left, place, turnBack, watchCalls } from "./calls";
import { decline, dropRinging, ringing, watchRinging } from "./ring";
import { chime } from "./sounds";

vi.mock("../../realtime/client", () => ({ sayNow: vi.fn() }));
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
  dropRinging();
  vi.mocked(chime).mockClear();
  vi.mocked(sayNow).mockClear();
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

describe("a call that began before this page had a line", () => {
  const began = (seconds: number, over: Partial<Call> = {}): Call => ({
    ...call(),
    startedAt: new Date(NOW - seconds * 1000).toISOString(),
    ...over,
  });
  const connect = (...calls: Call[]) => hear({ ...welcome([talk([])]), calls });

  it("rings for what is left of its 45 seconds, by the clock of the server", () => {
    vi.useFakeTimers();
    connect(began(40));
    expect(ringing.value).toBe("call");
    expect(chime).toHaveBeenCalledWith("ring");
    vi.advanceTimersByTime(5_100);
    expect(ringing.value).toBe(null);
    vi.useRealTimers();
  });

  it("does not ring later, for who is in it or began it, or for who declined", () => {
    connect(began(46));
    connect(began(5, { seats: [{ person: ANNA, state: "away" }] }));
    connect(began(5, { id: "own", startedBy: ANNA }));
    expect(ringing.value).toBe(null);
    connect(began(5, { id: "new" }));
    decline();
    connect(began(6, { id: "new" }));
    expect(ringing.value).toBe(null);
  });

  it("does not ring for who was in it and left", () => {
    hear({ type: "call", call: began(3, { seats: [{ person: ANNA, state: "in" }] }) });
    connect(began(5));
    expect(ringing.value).toBe(null);
  });

  it("rings in a team's conversation at its client and not at staff", () => {
    const ofTeam = talk([], { team: "team" });
    const staff = welcome([ofTeam], PETRA);
    hear({ ...welcome([ofTeam]), calls: [began(5)] });
    expect(ringing.value).toBe("call");
    dropRinging();
    session.value = { ...START, link: "greeting" };
    hear({ ...staff, organisations: staff.organisations.map((one) => ({ ...one, role: "planner" as const })), calls: [began(5)] });
    expect(ringing.value).toBe(null);
  });

  it("is silent as soon as another page of the browser says not now", () => {
    connect(began(5));
    localStorage.setItem("zorg.silenced", JSON.stringify(["call"]));
    dispatchEvent(new StorageEvent("storage", { key: "zorg.silenced" }));
    expect(ringing.value).toBe(null);
  });

  it("takes the place of the word that an earlier one is over", () => {
    left.value = "ended";
    connect(began(5));
    expect(left.value).toBe(null);
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

describe("looking at another call while in one", () => {
  const inside = { conversation: TALK, call: "call", phase: "in" } as const;
  const other: Call = { ...call(), id: "other", conversation: "elsewhere" };

  beforeEach(() => {
    hear({ type: "call", call: call() }, { type: "call", call: other });
    place.value = inside;
    goToCall("elsewhere");
  });

  it("leaves nothing, and by turning back everything is as it was", () => {
    expect([place.value, ahead.value?.call, isShown()]).toEqual([inside, "other", true]);
    turnBack();
    expect([place.value, ahead.value]).toEqual([inside, null]);
    expect(sayNow).not.toHaveBeenCalled();
  });

  it("leaves the call before as soon as one is let into the other", () => {
    goAhead("other");
    expect(sayNow).toHaveBeenCalledExactlyOnceWith({ type: "leave_call", call: "call", device });
    expect([place.value?.call, ahead.value]).toEqual(["other", null]);
  });

  it("goes on where the call before ends meanwhile, and leaves that where the other ends", () => {
    hear({ type: "call_ended", call: "other", conversation: "elsewhere" });
    expect([place.value, ahead.value]).toEqual([inside, null]);
    goToCall("elsewhere");
    hear({ type: "call_ended", call: "call", conversation: TALK });
    expect([place.value, ahead.value]).toEqual([{ conversation: "elsewhere", call: null, phase: "lobby" }, null]);
  });
});
