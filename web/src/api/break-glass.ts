// Reaching a client without a care relation, and for the privacy officer what that was used for.
import { request } from "./http";

export interface Named {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface Reached {
  readonly person: Named;
  readonly until: string;
}

export interface Use {
  readonly id: string;
  readonly staff: Named;
  readonly client: Named;
  readonly reason: string;
  readonly at: string;
  readonly until: string;
  readonly seen: boolean;
}

export const breakGlass = (email: string, reason: string): Promise<Reached> =>
  request("POST", "/break-glass", { body: { email, reason } });

export const breakGlassUses = (): Promise<readonly Use[]> => request("GET", "/break-glass");

export const markSeen = (use: string): Promise<unknown> => request("POST", `/break-glass/${use}/seen`);
