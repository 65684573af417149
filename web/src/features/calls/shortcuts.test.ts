// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import { letterOf } from "./shortcuts";

vi.mock("../../realtime/client", () => ({ sayNow: vi.fn() }));

const NONE = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, repeat: false, isComposing: false };
const alt = (key: string, code: string, more: Partial<typeof NONE> = {}) => ({ ...NONE, altKey: true, key, code, ...more });

it("is Alt with the letter, also where one types", () => {
  for (const typing of [true, false]) {
    expect(letterOf(alt("m", "KeyM"), typing)).toBe("M");
    expect(letterOf(alt("C", "KeyC"), typing)).toBe("C");
  }
});

it("does nothing for a sign that somebody types with the Option key of a Mac", () => {
  for (const [key, code] of [["ç", "KeyC"], ["µ", "KeyM"], ["ß", "KeyS"], ["†", "KeyT"], ["©", "KeyG"], ["˚", "KeyK"], ["Dead", "KeyT"]] as const)
    expect(letterOf(alt(key, code), true)).toBe(undefined);
});

it("is found by the place of the key on a Mac where nobody types", () => {
  expect(letterOf(alt("µ", "KeyM"), false)).toBe("M");
});

it("is the letter that the keyboard gives, and not the one that another keyboard has there", () => {
  expect(letterOf(alt("w", "KeyM"), false)).toBe(undefined);
  expect(letterOf(alt("m", "KeyW"), false)).toBe("M");
});

it("is no letter alone, and none with another key", () => {
  expect(letterOf({ ...NONE, key: "m", code: "KeyM" }, false)).toBe(undefined);
  for (const other of ["ctrlKey", "metaKey", "shiftKey", "repeat", "isComposing"] as const)
    expect(letterOf(alt("m", "KeyM", { [other]: true }), false)).toBe(undefined);
});
