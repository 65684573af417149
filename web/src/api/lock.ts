// The lock of the app in this browser, as the server keeps its part. Bytes are base64url.
import type { Asserted, Made } from "../platform/sensor";
import { request } from "./http";

export interface Try {
  readonly nonce: string;
  readonly proof: string;
  readonly signature: string;
}

export type Minutes = 0 | 1 | 5 | 15;

const PATH = "/me/lock";

export const setUpLock = (body: { publicKey: string; proof: string; minutes: Minutes }): Promise<{ id: string; share: string }> =>
  request("POST", PATH, { body });
export const saveMinutes = (minutes: Minutes): Promise<unknown> => request("PUT", PATH, { body: { minutes } });
export const challenge = (): Promise<{ nonce: string; left: number }> => request("POST", `${PATH}/challenge`);
export const openLock = (body: Try): Promise<{ share: string }> => request("POST", `${PATH}/open`, { body });
export const changeLock = (body: Try & { next: string }): Promise<unknown> => request("POST", `${PATH}/change`, { body });
export const replaceLock = (body: { password: string; publicKey: string; proof: string }): Promise<{ id: string; share: string }> =>
  request("POST", `${PATH}/replace`, { body });
export const removeLock = (body: Try): Promise<unknown> => request("POST", `${PATH}/remove`, { body });
export const removeLockByPassword = (password: string): Promise<unknown> =>
  request("POST", `${PATH}/remove-by-password`, { body: { password } });
export const stayOpen = (): Promise<unknown> => request("POST", `${PATH}/stay`);
export const addSensor = (body: Made & { nonce: string }): Promise<{ share: string }> => request("POST", `${PATH}/sensor`, { body });
export const removeSensor = (): Promise<unknown> => request("DELETE", `${PATH}/sensor`);
export const openBySensor = (body: Omit<Asserted, "secret"> & { nonce: string }): Promise<{ share: string }> =>
  request("POST", `${PATH}/open-by-sensor`, { body });
/** Goes out even when the page is on its way out. */
export const closeLock = (): Promise<unknown> => request("POST", `${PATH}/close`, { keepalive: true });
