import { describe, expect, it } from "vitest";
import { pieces } from "./excerpt";

const shown = (text: string, sought: string) =>
  pieces(text, sought)
    .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
    .join("");

describe("an excerpt", () => {
  it("marks each word, without regard to case and accents", () => {
    expect(shown("De CAFÉ-afspraak is dinsdag", "cafe dins")).toBe("De [CAFÉ]-afspraak is [dins]dag");
  });

  it("begins near the first word found and says that it is cut", () => {
    const long = `${"woord ".repeat(40)}naald ${"hooi ".repeat(40)}`;
    expect(shown(long, "naald")).toMatch(/^…(woord )+.*\[naald\] (hooi ?)+.*…$/);
  });

  it("is one line and leaves what is no letter alone", () => {
    expect(shown("een\n\ntwee 🙂 drie", "drie")).toBe("een twee 🙂 [drie]");
  });

  it("never marks markup: it is text", () => {
    expect(shown("<b>vet</b>", "vet")).toBe("<b>[vet]</b>");
  });
});
