// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { START } from "../../realtime/session";
import { session } from "../../realtime/store";
import { NOW, TALK, stored, talk, welcomed } from "../../testing/cast";
import { justSent, send } from "./undo";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  session.value = { ...START, state: welcomed(talk([stored(1)])) };
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

/** The server has it. */
const arrives = () => (session.value = { ...session.peek(), state: { ...session.peek().state, pending: [] } });

it("a message can be taken back for a moment after it was sent", () => {
  send(TALK, { body: "Tot morgen" });
  arrives();
  vi.advanceTimersByTime(9_000);
  expect(justSent.value).not.toBeNull();
  vi.advanceTimersByTime(2_000);
  expect(justSent.value).toBeNull();
});

it("the moment begins when there is a line to send it over, and is not made longer by what happens meanwhile", () => {
  send(TALK, { body: "Tot morgen" });
  vi.advanceTimersByTime(60_000);
  arrives();
  vi.advanceTimersByTime(9_000);
  expect(justSent.value).not.toBeNull();
  session.value = { ...session.peek(), request: 1 };
  vi.advanceTimersByTime(2_000);
  expect(justSent.value).toBeNull();
});

it("of two messages the last can be taken back, for a moment of its own", () => {
  send(TALK, { body: "Tot morgen" });
  arrives();
  vi.advanceTimersByTime(9_000);
  send(TALK, { body: "om tien uur" });
  arrives();
  const last = justSent.value;
  vi.advanceTimersByTime(9_000);
  expect(justSent.value).toBe(last);
});
