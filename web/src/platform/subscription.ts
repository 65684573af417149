// How a browser is asked for pushes, and what it gives for them: the same in a page and in the service worker.

/** By which the server reaches the device (RFC 8030, RFC 8291). */
export interface Given {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** `key`: by which the browser knows the pushes of this installation, in base64url (RFC 8292). */
export function subscribeTo(manager: PushManager, key: string): Promise<PushSubscription> {
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}

/** What the server needs of it. */
export function given(subscription: PushSubscription): Given {
  const { endpoint = "", keys = {} } = subscription.toJSON();
  return { endpoint, p256dh: keys["p256dh"] ?? "", auth: keys["auth"] ?? "" };
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
