// @vitest-environment happy-dom
// What happened is told from ids and a code, in the language of who reads it.
import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../../i18n/text";
import { EMPTY, type Held, type State } from "../../state/state";
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

describe("a call that is over", () => {
  const ended = (people: string[], seconds: number) => JSON.stringify({ code: "call_ended", person: "b", seconds, people });
  const me = { ...STATE, me: { id: "f", firstName: "Fatima", lastName: "Visser", language: "nl" as const } };
  const team = { team: "t", client: "a", participants: [{ person: "f", delivered: 0, read: 0 }] } as unknown as Held;

  it("says how long it was and who was in it", () => {
    expect(eventWords(me, ended(["b", "f"], 32 * 60))).toBe("Videogesprek · 32 minuten · Bram, Fatima");
    expect(eventWords(me, ended(["b", "f"], 70))).toBe("Videogesprek · 1 minuut · Bram, Fatima");
    expect(eventWords(me, ended(["b", "f"], 20))).toBe("Videogesprek · korter dan een minuut · Bram, Fatima");
  });

  it("was missed by who was called and was not in it, and not by a team whose client was called", () => {
    expect(eventWords(me, ended(["b"], 600))).toBe("Gemist videogesprek");
    expect(eventWords(me, ended(["b"], 600), team)).toBe("Videogesprek · 10 minuten · Bram");
  });
});
