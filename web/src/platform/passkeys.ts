// The browser's own passkeys (WebAuthn): bytes to base64url and back, one question at a time. What waits beside the sign-in
// form (autofill) makes room for what the person asks for by a button.

export interface Asked {
  readonly challenge: string;
}

export interface AskedToMake extends Asked {
  readonly user: { readonly id: string };
  readonly excludeCredentials?: readonly { readonly id: string }[];
}

export interface UsedPasskey {
  readonly credential: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle: string;
}

export interface MadePasskey {
  readonly clientData: string;
  readonly attestation: string;
}

const NUMBERED = /^[\d.]+$|^\[/;

/** Browsers make passkeys for an address with a name, not for one of numbers. */
export const hasPasskeys = (): boolean => typeof PublicKeyCredential === "function" && !NUMBERED.test(location.hostname);

export const offersPasskeys = async (): Promise<boolean> =>
  hasPasskeys() && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);

let underWay: AbortController | null = null;

function room(): AbortSignal {
  underWay?.abort();
  underWay = new AbortController();
  return underWay.signal;
}

/** Takes back what waits beside the form. */
export const stopOffering = (): void => underWay?.abort();

/** Null: the person made none, or this device has it already. */
export async function makePasskey(asked: AskedToMake): Promise<MadePasskey | null> {
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: (asked.excludeCredentials ?? []).map((one) => ({ ...one, id: bytes(one.id) })),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = await answered(navigator.credentials.create({ publicKey, signal: room() }));
  if (!made) return null;
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse;
  return { clientData: text(clientDataJSON), attestation: text(attestationObject) };
}

/** Null: the person used none. `offer`: waits beside the form until they choose one there. */
export async function takePasskey(asked: Asked, offer = false): Promise<UsedPasskey | null> {
  const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: [] };
  const question = { publicKey, signal: room(), ...(offer && { mediation: "conditional" as const }) };
  const used = await answered(navigator.credentials.get(question));
  if (!used) return null;
  const { clientDataJSON, authenticatorData, signature, userHandle } = used.response as AuthenticatorAssertionResponse;
  if (!userHandle) return null;
  return {
    credential: text(used.rawId),
    clientData: text(clientDataJSON),
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: text(userHandle),
  };
}

async function answered(question: Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await question) as PublicKeyCredential | null;
  } catch (cause) {
    if (cause instanceof DOMException) return null;
    throw cause;
  }
}

export const bytes = (encoded: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(encoded.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

export const text = (raw: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(raw))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
