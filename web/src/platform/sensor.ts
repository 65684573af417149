// The device's own sensor, for a fingerprint or a face, by WebAuthn. Two things come of it: an assertion that the server
// checks, and by its PRF extension 32 bytes that only this sensor gives for our salt, and only to this person.
import { heard, random, said } from "./sealing";

type Bytes = Uint8Array<ArrayBuffer>;

export interface Made {
  readonly id: string;
  readonly clientData: string;
  readonly attestation: string;
}

export interface Asserted {
  readonly id: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
  /** 32 bytes; null where the sensor has none to give. */
  readonly secret: Bytes | null;
}

/** Whether this device has such a sensor, set up, that a page may ask. */
export async function hasSensor(): Promise<boolean> {
  if (typeof PublicKeyCredential === "undefined") return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

const ES256 = -7;
const RS256 = -257;

/** Asks the person to be recognised, and makes a credential. Null where the sensor keeps no secrets for pages (no PRF). */
export async function makeCredential(challenge: string, name: string, salt: Bytes): Promise<Made | null> {
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: heard(challenge),
      rp: { name },
      user: { id: random(16), name, displayName: name },
      pubKeyCredParams: [ES256, RS256].map((alg) => ({ type: "public-key" as const, alg })),
      authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required", residentKey: "discouraged" },
      extensions: { prf: { eval: { first: salt } } },
    },
  })) as PublicKeyCredential | null;
  if (!made?.getClientExtensionResults().prf?.enabled) return null;
  const response = made.response as AuthenticatorAttestationResponse;
  return { id: made.id, clientData: text(response.clientDataJSON), attestation: text(response.attestationObject) };
}

/** Asks the person to be recognised, and signs. */
export async function assert(challenge: string, id: string, salt: Bytes): Promise<Asserted> {
  const found = (await navigator.credentials.get({
    publicKey: {
      challenge: heard(challenge),
      allowCredentials: [{ type: "public-key", id: heard(id), transports: ["internal"] }],
      userVerification: "required",
      extensions: { prf: { eval: { first: salt } } },
    },
  })) as PublicKeyCredential;
  const response = found.response as AuthenticatorAssertionResponse;
  const first = found.getClientExtensionResults().prf?.results?.first;
  return {
    id: found.id,
    clientData: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    secret: first instanceof ArrayBuffer ? new Uint8Array(first) : null,
  };
}

const text = (raw: ArrayBuffer): string => said(new Uint8Array(raw));
