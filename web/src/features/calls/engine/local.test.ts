import { expect, it } from "vitest";
import { problemOf } from "./local";

const thrown = (name: string, message = "") => Object.assign(new Error(message), { name });

it("names what is the matter by what the browser throws, whatever its words", () => {
  expect(problemOf(thrown("NotAllowedError", "Permission denied"))).toBe("denied");
  expect(problemOf(thrown("NotAllowedError", "Permission denied by system"))).toBe("system");
  expect(["NotFoundError", "NotReadableError", "SecurityError", "TypeError"].map((name) => problemOf(thrown(name)))).toEqual(["none", "busy", "policy", "failed"]);
  expect(problemOf("no error at all")).toBe("failed");
});
