// What the person chose about being told, and the pushes of this device.
import type { Given } from "../platform/subscription";
import { request } from "./http";

/** Minutes that something is unread before a mail goes; null for no mail. */
export type MailAfter = 0 | 15 | 60 | null;

export interface Notifications {
  readonly mailAfter: MailAfter;
  /** On how many devices there are pushes, and whether this is one of them. */
  readonly devices: number;
  readonly here: boolean;
  readonly addresses: readonly { readonly address: string; readonly arrives: boolean }[];
  /** By which a browser knows the pushes of this installation, in base64url. */
  readonly pushKey: string;
}

export type HowLong = "hour" | "tomorrow" | "always" | "no";

export const loadNotifications = (): Promise<Notifications> => request("GET", "/me/notifications");
export const saveMailAfter = (mailAfter: MailAfter): Promise<void> => request("PUT", "/me/notifications", { body: { mailAfter } });
export const addPush = (subscription: Given): Promise<void> => request("PUT", "/me/push", { body: subscription });
export const removePush = (): Promise<void> => request("DELETE", "/me/push");
/** Whether a push goes as well as a mail. */
export const tryOut = (): Promise<{ push: boolean }> => request("POST", "/me/notifications/test");
export const mute = (conversation: string, howLong: HowLong): Promise<void> =>
  request("PUT", `/conversations/${conversation}/mute`, { body: { howLong } });
