// The language that was chosen on a page before signing in is the person's own from then on: without this the language of
// their account would take its place as soon as they are in.
import { saveLanguage } from "../../api/accounts";
import { speak } from "../../i18n/text";
import type { Language } from "../../platform/preferences";

let chosen: Language | null = null;

export function chooseLanguage(language: Language): void {
  chosen = language;
  void speak(language);
}

/** Keeps the choice with the account of who has just signed in. That it cannot be kept is no reason to stop them. */
export async function keepChosenLanguage(): Promise<void> {
  if (!chosen) return;
  const language = chosen;
  chosen = null;
  await saveLanguage(language).catch(() => {});
}
