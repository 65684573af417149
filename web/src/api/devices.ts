// Where the person is signed in, and signing out there.
import { request } from "./http";

export interface Device {
  readonly id: string;
  /** Names as people know them; empty where they are not known. */
  readonly browser: string;
  readonly system: string;
  readonly kind: "computer" | "phone" | "tablet" | "unknown";
  readonly current: boolean;
  readonly sameNetwork: boolean;
  /** Roughly where its network is, two letters of ISO 3166-1; empty where that is not known. */
  readonly country: string;
  readonly network: string;
  readonly since: string;
  readonly usedAt: string;
  readonly connected: boolean;
}

const PATH = "/me/devices";

export const loadDevices = (): Promise<readonly Device[]> => request("GET", PATH);
export const signOutDevice = (id: string): Promise<unknown> => request("DELETE", `${PATH}/${id}`);
export const signOutOthers = (): Promise<unknown> => request("DELETE", PATH);
