// Invitations, from both sides.
import type { RoleName } from "./protocol";
import { forgetToken, request } from "./http";

export interface Looked {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly organisation: {
    readonly name: string;
    readonly accent: string;
    readonly logo: string;
    readonly introduction: string;
  };
  readonly role: RoleName;
  /** Nobody where the host invited. */
  readonly inviter: { readonly name: string; readonly role: RoleName } | null;
  readonly expiresAt: string;
  readonly hasAccount: boolean;
}

export interface Registration {
  readonly token: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly password: string;
  readonly terms: string;
  readonly privacy: string;
}

/** Staff who accept have no conversation yet. */
export interface Opened {
  readonly conversation: string | null;
}

export interface Invitation {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly sentAt: string;
  readonly expiresAt: string;
  readonly state: "open" | "expired";
  readonly inviter: string;
  readonly mine: boolean;
  /** Whether mail reaches the address, as far as is known. */
  readonly arrives: boolean;
}

export type Invitee = Pick<Invitation, "firstName" | "lastName" | "email">;

export const look = (token: string): Promise<Looked> => request("POST", "/invitations/look", { body: { token } });

export async function register(registration: Registration): Promise<Opened> {
  const opened = await request<Opened>("POST", "/invitations/register", { body: registration });
  forgetToken();
  return opened;
}

export const link = (token: string): Promise<Opened> => request("POST", "/invitations/link", { body: { token } });

export const loadInvitations = (): Promise<readonly Invitation[]> => request("GET", "/invitations");
export const invite = (invitee: Invitee): Promise<Invitation> => request("POST", "/invitations", { body: invitee });
export const resend = (id: string): Promise<void> => request("POST", `/invitations/${id}/resend`);
export const withdraw = (id: string): Promise<void> => request("POST", `/invitations/${id}/withdraw`);
