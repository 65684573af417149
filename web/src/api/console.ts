// An administrator's doors: people, teams, invitations, looks and figures of their organisation. None gives a message.
import type { FileKind, KindName, RoleName } from "./protocol";
import { request } from "./http";
import type { Invitation } from "./invitations";

export const STAFF_ROLES = ["practitioner", "planner", "support", "administrator", "privacy_officer"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export interface Colleague {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly active: boolean;
  readonly since: string;
}

export interface Left {
  readonly conversation: string;
  readonly kind: KindName;
  readonly client: string;
}

export interface Leaving {
  readonly conversations: readonly Left[];
  readonly invitations: number;
}

export interface Successor {
  readonly conversation: string;
  readonly colleague: string;
}

export const loadPeople = (): Promise<readonly Colleague[]> => request("GET", "/console/people");

export const changeRole = (person: string, role: StaffRole): Promise<unknown> =>
  request("PUT", `/console/people/${person}/role`, { body: { role } });

export const loadLeaving = (person: string): Promise<Leaving> => request("GET", `/console/people/${person}/leaving`);

export const handOver = (person: string, successors: readonly Successor[]): Promise<unknown> =>
  request("POST", `/console/people/${person}/hand-over`, { body: { successors } });

export const deactivate = (person: string, successors: readonly Successor[]): Promise<unknown> =>
  request("POST", `/console/people/${person}/deactivate`, { body: { successors } });

export interface OpenInvitation extends Invitation {
  readonly role: RoleName;
}

export interface NewColleague {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: StaffRole;
}

export const loadOpen = (): Promise<readonly OpenInvitation[]> => request("GET", "/console/invitations");
export const inviteStaff = (invitee: NewColleague): Promise<OpenInvitation> =>
  request("POST", "/console/invitations", { body: invitee });
export const resend = (id: string): Promise<void> => request("POST", `/console/invitations/${id}/resend`);
export const withdraw = (id: string): Promise<void> => request("POST", `/console/invitations/${id}/withdraw`);

export interface ImportRow {
  readonly line: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: RoleName | null;
  readonly outcome: "invite" | "pass" | "wrong";
  readonly text: string;
}

export const MOST_IMPORT = 1024 * 1024;
export const previewImport = (file: Blob): Promise<readonly ImportRow[]> =>
  request("POST", "/console/import/preview", { file });
export const importPeople = (file: Blob): Promise<readonly ImportRow[]> => request("POST", "/console/import", { file });

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly kind: "planning" | "support";
  readonly promiseMinutes: number;
  readonly members: readonly string[];
}

export const loadTeams = (): Promise<readonly Team[]> => request("GET", "/console/teams");
export const makeTeam = (team: Pick<Team, "name" | "kind" | "promiseMinutes">): Promise<Team> =>
  request("POST", "/console/teams", { body: team });
export const changeTeam = (id: string, team: Pick<Team, "name" | "promiseMinutes">): Promise<unknown> =>
  request("PUT", `/console/teams/${id}`, { body: team });
export const manTeam = (team: string, person: string): Promise<unknown> =>
  request("PUT", `/console/teams/${team}/members/${person}`);
export const unmanTeam = (team: string, person: string): Promise<unknown> =>
  request("DELETE", `/console/teams/${team}/members/${person}`);

export interface Look {
  readonly name: string;
  readonly accent: string;
  readonly logo: string;
  readonly introductionNl: string;
  readonly introductionEn: string;
  readonly invitationDays: number;
}

export const MOST_LOGO = 256 * 1024;
export const INVITATION_DAYS = [7, 14, 21, 30, 60, 90] as const;
export const loadLook = (): Promise<Look> => request("GET", "/console/look");
export const saveLook = (look: Omit<Look, "name" | "logo">): Promise<unknown> => request("PUT", "/console/look", { body: look });
export const saveLogo = (file: Blob): Promise<{ readonly logo: string }> => request("PUT", "/console/logo", { file });

export interface Week {
  readonly monday: string;
  readonly questions: number | null;
  readonly medianMinutes: number | null;
  readonly slowMinutes: number | null;
  readonly handled: number | null;
}

export interface Figures {
  readonly team: string;
  readonly name: string;
  readonly promiseMinutes: number;
  readonly open: number | null;
  readonly overdue: number | null;
  readonly weeks: readonly Week[];
}

export const loadFigures = (): Promise<readonly Figures[]> => request("GET", "/console/figures");

export interface FilePolicy {
  readonly largestMib: number;
  /** What the host allows at most. */
  readonly hostLargestMib: number;
  readonly kinds: readonly FileKind[];
  /** Bytes that all files of the organisation take. */
  readonly used: number;
  readonly count: number;
  readonly scanned: boolean;
}

export const loadFilePolicy = (): Promise<FilePolicy> => request("GET", "/console/files");
export const saveFilePolicy = (policy: Pick<FilePolicy, "largestMib" | "kinds">): Promise<unknown> =>
  request("PUT", "/console/files", { body: policy });

export interface Counted {
  readonly people: number;
  readonly having: number;
}

export interface SecondFactorPolicy {
  readonly staff: boolean;
  readonly clients: boolean;
  /** Days in which somebody of whom it is asked can set it up. */
  readonly days: number;
  /** Hours of waiting before the factor of who lost it is switched off. */
  readonly recoveryHours: number;
  readonly ofStaff: Counted;
  readonly ofClients: Counted;
}

export const MOST_DAYS = 60;
export const MOST_HOURS = 72;
export const loadSecondFactorPolicy = (): Promise<SecondFactorPolicy> => request("GET", "/console/second-factor");
export const saveSecondFactorPolicy = (policy: Pick<SecondFactorPolicy, "staff" | "clients" | "days" | "recoveryHours">): Promise<unknown> =>
  request("PUT", "/console/second-factor", { body: policy });
export interface CallRules {
  readonly waitingRoom: boolean;
  /** What who waits is asked, by language; empty: in the app's own words. */
  readonly question: { readonly nl: string; readonly en: string };
}

export const loadCallRules = (): Promise<CallRules> => request("GET", "/console/calls");
export const saveCallRules = (rules: CallRules): Promise<unknown> => request("PUT", "/console/calls", { body: rules });
