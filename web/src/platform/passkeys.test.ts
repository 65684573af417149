import { expect, test } from "vitest";
import { bytes, text } from "./passkeys";

test("bytes go to base64url and come back, whatever they are", () => {
  for (let length = 0; length < 70; length++) {
    const raw = Uint8Array.from({ length }, (_, place) => (place * 89 + length * 31) % 256);
    expect(text(raw)).toMatch(/^[\w-]*$/);
    expect(bytes(text(raw))).toEqual(raw);
  }
});
