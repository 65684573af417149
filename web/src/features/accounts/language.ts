// The language that was chosen on this page is the person's own for as long as the page is open. What the server says of
// their account may be from before the choice, so it does not take its place.
import { saveLanguage } from "../../api/accounts";
import { speak } from "../../i18n/text";
import type { Language } from "../../platform/preferences";

let chosen: Language | null = null;

export function chooseLanguage(language: Language): Promise<void> {
  chosen = language;
  return speak(language);
}

/** Speaks the language of the account, unless another was chosen on this page. */
export async function speakAsTheAccount(language: Language): Promise<void> {
  if (chosen === null) await speak(language);
}

/** Keeps the choice with the account of who has just signed in. That it cannot be kept is no reason to stop them. */
export async function keepChosenLanguage(): Promise<void> {
  if (chosen !== null) await saveLanguage(chosen).catch(() => {});
}
