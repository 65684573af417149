import { expect, it } from "vitest";
import { durationOf, fileSize, filesInWords } from "./words";

it("says sizes as people read them", () => {
  expect([0, 999, 1024, 1536, 104_857_600, 2_469_606, 3 * 1024 ** 3].map(fileSize)).toEqual([
    "0 B",
    "999 B",
    "1 kB",
    "1,5 kB",
    "100 MB",
    "2,4 MB",
    "3 GB",
  ]);
});

it("says how long a recording is", () => {
  expect([0, 4_400, 65_000, 600_000].map(durationOf)).toEqual(["0:00", "0:04", "1:05", "10:00"]);
});

it("says files in a few words", () => {
  const picture = { id: "1", state: "ready", kind: "picture", name: "IMG_1.jpg" } as const;
  const letter = { id: "2", state: "ready", kind: "pdf", name: "brief.pdf" } as const;
  const voice = { id: "3", state: "ready", kind: "audio", name: "opname.webm", duration: 65_000 } as const;
  expect([[], [picture], [letter], [voice], [picture, picture], [picture, letter], [{ id: "4", state: "checking" } as const]].map(filesInWords)).toEqual([
    "",
    "Foto",
    "brief.pdf",
    "Spraakbericht van 1:05",
    "2 foto’s",
    "2 bestanden",
    "Bestand",
  ]);
});
