// @vitest-environment happy-dom
// What happened is told from ids and a code, in the language of who reads it.
import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../../i18n/text";
import { EMPTY, type State } from "../../state/state";
import { eventWords } from "./event-words";

const person = (id: string, firstName: string) => ({ id, firstName, lastName: "Visser", role: "practitioner" as const });
const STATE: State = { ...EMPTY, people: { b: person("b", "Bram"), f: person("f", "Fatima") } };
const HANDED = JSON.stringify({ code: "handed_over", person: "b", standIn: "f" });

describe("a conversation that was handed over", () => {
  afterEach(() => speak("nl"));

  it("says who took over from whom, in the reader's language", async () => {
    await speak("nl");
    expect(eventWords(STATE, HANDED)).toBe("Fatima Visser neemt dit gesprek over van Bram Visser.");
    await speak("en");
    expect(eventWords(STATE, HANDED)).toBe("Fatima Visser takes over this conversation from Bram Visser.");
  });

  it("is told as such where the app does not know what happened", async () => {
    await speak("nl");
    expect(eventWords(STATE, JSON.stringify({ code: "of later" }))).toBe("Er is iets veranderd in dit gesprek.");
    expect(eventWords(STATE, "no event")).toBe("Er is iets veranderd in dit gesprek.");
  });
});
