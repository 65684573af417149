// What came of signing on: the server leads back to the sign-in page with a code behind the `#`. It is taken out of the
// address bar at once; a code that says nothing here is one that only the log explains.
import type { Key } from "../../i18n/text";

const MARK = "#sign-on=";

const PROBLEMS: Readonly<Record<string, Key>> = {
  account_exists: "signOn.accountExists",
  membership_ended: "signOn.noGroup",
  no_group: "signOn.noGroup",
  own_password: "signOn.ownPassword",
  sign_on_denied: "signOn.denied",
  sign_on_over: "signOn.over",
  sign_on_unreachable: "signOn.unreachable",
};

export interface Outcome {
  /** Our own second step waits. */
  readonly secondStep: boolean;
  readonly problem: Key | null;
}

export function outcomeOf(fragment: string): Outcome | null {
  if (!fragment.startsWith(MARK)) return null;
  const code = fragment.slice(MARK.length);
  return code === "second_step" ? { secondStep: true, problem: null } : { secondStep: false, problem: Object.hasOwn(PROBLEMS, code) ? (PROBLEMS[code] ?? null) : "signOn.failed" };
}

export function takeOutcome(): Outcome | null {
  const found = outcomeOf(location.hash);
  if (found) history.replaceState(history.state, "", location.pathname);
  return found;
}
