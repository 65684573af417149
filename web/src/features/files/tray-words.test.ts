import { expect, it } from "vitest";
import { trayInWords } from "./tray-words";

const upload = (status: "later" | "sending" | "waiting" | "whole" | "failed", text = "", obstacle = "") =>
  ({ source: { name: "brief.txt" }, status, text, obstacle }) as const;

it("says that all is ready once it is, and nothing while it is under way", () => {
  expect(trayInWords([])).toBe("");
  expect(trayInWords([upload("whole"), upload("sending")])).toBe("");
  expect(trayInWords([upload("whole")])).toBe("Het bestand is klaar; u kunt het versturen.");
  expect(trayInWords([upload("whole"), upload("whole"), upload("later")])).toBe("2 bestanden zijn klaar; u kunt ze versturen.");
});

it("says once what many wait for: a line, or what the server says", () => {
  expect(trayInWords([upload("waiting"), upload("waiting")])).toBe("Er is geen verbinding. Het uploaden gaat vanzelf verder.");
  expect(trayInWords([upload("waiting", "", "Er is nu geen ruimte.")])).toBe("Er is nu geen ruimte.");
});

it("says which file was refused and why, also of what arrived", () => {
  expect(trayInWords([upload("whole", "Een virus."), upload("failed", "Te groot.")])).toBe("brief.txt: Een virus. brief.txt: Te groot.");
});
