// Having the second factor of somebody who lost it switched off, seeing what was asked, and stopping it.
import type { Named } from "./break-glass";
import { request } from "./http";

export const HOWS = ["in_person", "video", "phone"] as const;
export type How = (typeof HOWS)[number];

export interface Asked {
  readonly person: Named;
  readonly dueAt: string;
}

export interface Recovery extends Asked {
  readonly id: string;
  readonly by: Named;
  readonly how: How;
  readonly note: string;
  readonly at: string;
  /** Empty as long as it goes on. */
  readonly outcome: "" | "stopped" | "done";
}

const PATH = "/factor-recoveries";

export const askRecovery = (email: string, how: How, note: string): Promise<Asked> => request("POST", PATH, { body: { email, how, note } });
export const loadRecoveries = (): Promise<readonly Recovery[]> => request("GET", PATH);
export const stopRecovery = (token: string): Promise<unknown> => request("POST", `${PATH}/stop`, { body: { token } });
