// The person's own account, and what they agree to.
import type { Language } from "./protocol";
import { request } from "./http";

export interface Account {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly language: Language;
  readonly emails: readonly string[];
  /** The organisation through which alone they sign in. */
  readonly signOn: string | null;
  /** They sign in by a password of their own. */
  readonly ownPassword: boolean;
}

export interface Terms {
  readonly kind: "terms" | "privacy";
  readonly version: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

export const loadAccount = (): Promise<Account> => request("GET", "/me");
/** All other sessions of the person end by it; this one gets another cookie. */
export const changePassword = (present: string, password: string): Promise<unknown> =>
  request("PUT", "/me/password", { body: { present, password } });
export const saveLanguage = (language: Language): Promise<void> => request("PATCH", "/me", { body: { language } });
/** In minutes from midnight; empty for none. */
export const saveQuietHours = (hours: readonly number[]): Promise<void> => request("PUT", "/me/quiet-hours", { body: { hours } });
export const loadTerms = (): Promise<readonly Terms[]> => request("GET", "/terms");
