// For which organisation somebody of several acts now. It is kept for this tab alone and goes with the person; who belongs
// to one organisation has no choice and keeps nothing. Where the browser keeps nothing, it holds until the page is left.
import { signal } from "@preact/signals";

const KEY = "organisation";

function kept(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export const chosenOrganisation = signal<string | null>(kept());

export function actFor(organisation: string | null): void {
  chosenOrganisation.value = organisation;
  try {
    if (organisation === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, organisation);
  } catch {
    return;
  }
}
