// Choices of this device that are no health data: theme and language. Storage may be refused by the browser; then a
// choice holds until the page is closed.
import { effect, signal } from "@preact/signals";

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

export function kept<T extends string>(key: string, allowed: readonly T[], otherwise: T): T {
  try {
    const value = localStorage.getItem(key);
    return allowed.find((choice) => choice === value) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export const THEMES = ["system", "light", "dark", "contrast", "calm"] as const;
export type Theme = (typeof THEMES)[number];
export const theme = signal<Theme>(kept("theme", THEMES, "system"));

export const LANGUAGES = ["nl", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export const keptLanguage = (): Language => kept("language", LANGUAGES, "nl");
export const keepLanguage = (language: Language): void => keep("language", language);

export function followTheme(): void {
  effect(() => {
    document.documentElement.dataset["theme"] = theme.value;
    keep("theme", theme.value);
  });
}
