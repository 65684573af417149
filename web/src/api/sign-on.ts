// Signing in through an organisation's own provider: with which organisations, and where to go for it.
import { request } from "./http";
import type { RoleName } from "./protocol";

export interface SignOnOrganisation {
  readonly id: string;
  readonly name: string;
}

/** What the host set up, as the administrator sees it. */
export interface SignOnSetUp {
  /** Its host; null where there is none. */
  readonly provider: string | null;
  /** The address to register there. */
  readonly back: string;
  readonly domains: readonly string[];
  readonly asksSecondFactor: boolean;
  readonly groups: readonly { readonly group: string; readonly role: RoleName }[];
  readonly teams: readonly { readonly group: string; readonly team: string }[];
}

export const loadSignOns = (): Promise<readonly SignOnOrganisation[]> => request("GET", "/sign-on");
export const beginSignOn = (organisation: string): Promise<{ readonly location: string }> => request("POST", `/sign-on/${organisation}`);
export const loadSignOnSetUp = (): Promise<SignOnSetUp> => request("GET", "/console/sign-on");
