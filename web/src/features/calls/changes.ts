// What changed between two moments of a call, of others: who came, went, waits, or lost the line for a moment.
import type { Seat } from "../../api/protocol";
import type { Key } from "../../i18n/text";

export interface Change {
  readonly person: string;
  readonly what: Key;
}

export function changes(before: readonly Seat[], now: readonly Seat[], me: string): readonly Change[] {
  const was = new Map(before.map((seat) => [seat.person, seat.state]));
  const is = new Map(now.map((seat) => [seat.person, seat.state]));
  const people = [...new Set([...was.keys(), ...is.keys()])].filter((person) => person !== me);
  return people.flatMap((person) => {
    const what = change(was.get(person), is.get(person));
    return what ? [{ person, what }] : [];
  });
}

function change(was: Seat["state"] | undefined, is: Seat["state"] | undefined): Key | null {
  if (was === is) return null;
  if (is === "waiting") return "calls.saidWaits";
  if (is === "away") return "calls.saidAway";
  if (is === "in") return was === "away" ? "calls.saidBack" : "calls.saidCame";
  return was === "waiting" ? null : "calls.saidWent";
}
