// Hours, absences and the organisation's notice.
import type { Block } from "./protocol";
import { request } from "./http";

export type OwnerKind = "organisation" | "team" | "person";

/** `holidays` and the exceptions of the organisation count for who has none (null) of their own. */
export interface NewHours {
  readonly week: readonly (readonly Block[])[];
  readonly exceptions: Readonly<Record<string, readonly Block[]>>;
  readonly holidays: readonly string[] | null;
  readonly promise: number | null;
  readonly zone?: string;
}

export interface Hours extends NewHours {
  readonly owner: string;
  readonly kind: OwnerKind;
  /** Whether these are the owner's own, rather than the organisation's. */
  readonly own: boolean;
  readonly zone: string;
  /** All holidays to choose from, with the next day that each falls on. */
  readonly feasts: readonly { readonly code: string; readonly day: string }[];
}

export interface NewAbsence {
  readonly first: string;
  readonly last: string;
  readonly standIn: string | null;
}

export interface Absence extends NewAbsence {
  readonly id: string;
}

export interface Words {
  readonly notice: { readonly nl: string; readonly en: string };
  readonly phones: readonly { readonly name: string; readonly number: string }[];
  readonly reply: { readonly nl: string; readonly en: string };
  readonly replies: boolean;
}

export const loadHours = (owner: string): Promise<Hours> => request("GET", `/hours/${owner}`);
export const saveHours = (owner: string, body: NewHours): Promise<Hours> => request("PUT", `/hours/${owner}`, { body });
export const resetHours = (owner: string): Promise<void> => request("DELETE", `/hours/${owner}`);

export const loadAbsences = (person: string): Promise<readonly Absence[]> => request("GET", `/people/${person}/absences`);
export const planAbsence = (person: string, body: NewAbsence): Promise<Absence> =>
  request("POST", `/people/${person}/absences`, { body });
export const changeAbsence = (absence: string, body: NewAbsence): Promise<Absence> =>
  request("PUT", `/absences/${absence}`, { body });
export const cancelAbsence = (absence: string): Promise<void> => request("DELETE", `/absences/${absence}`);

export const loadWords = (): Promise<Words> => request("GET", "/notice");
export const saveWords = (body: Words): Promise<Words> => request("PUT", "/notice", { body });
