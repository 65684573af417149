import { expect, it } from "vitest";
import { canBlur, problemOf } from "./local";

const thrown = (name: string, message = "") => Object.assign(new Error(message), { name });

it("names what is the matter by what the browser throws, whatever its words", () => {
  expect(problemOf(thrown("NotAllowedError", "Permission denied"))).toBe("denied");
  expect(problemOf(thrown("NotAllowedError", "Permission denied by system"))).toBe("system");
  expect(["NotFoundError", "NotReadableError", "SecurityError", "TypeError"].map((name) => problemOf(thrown(name)))).toEqual(["none", "busy", "policy", "failed"]);
  expect(problemOf("no error at all")).toBe("failed");
});

it("blurs only where the browser itself can turn it on and off", () => {
  const track = (backgroundBlur?: boolean[]) => ({ getCapabilities: () => ({ backgroundBlur }) }) as unknown as MediaStreamTrack;
  expect([undefined, track(), track([true]), track([false, true])].map((one) => canBlur(one))).toEqual([false, false, false, true]);
});
