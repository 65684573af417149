// The keys of the lock, all of them WebCrypto's. A random data key seals what this device keeps. With a PIN it is wrapped by a key
// that takes two halves: a share that only the server has, and what is stretched from the PIN (PBKDF2, 600,000 rounds)
// with a salt of this device. The proof that the PIN is right is another value stretched from it, from which the half
// cannot be found; the device signs it with a key that the browser does not give out.

const ROUNDS = 600_000;
const NONCE = 12;

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

export interface Stretched {
  /** Shown to the server. */
  readonly proof: Uint8Array<ArrayBuffer>;
  /** Never leaves the device. */
  readonly half: Uint8Array<ArrayBuffer>;
}

type Bytes = Uint8Array<ArrayBuffer>;

export const bytes = (text: string): Bytes => new TextEncoder().encode(text);
export const random = (size: number): Bytes => crypto.getRandomValues(new Uint8Array(size));

export async function stretch(pin: string, salt: Bytes, rounds: number = ROUNDS): Promise<Stretched> {
  const key = await crypto.subtle.importKey("raw", bytes(pin), "PBKDF2", false, ["deriveBits"]);
  const slow = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, key, 256);
  const of = async (info: string) => new Uint8Array(await derive(new Uint8Array(slow), info));
  return { proof: await of("proof"), half: await of("half") };
}

/** The key that wraps the data key, of the server's share and the half of this device. */
export async function wrapping(share: Bytes, half: Bytes): Promise<CryptoKey> {
  const both = new Uint8Array([...share, ...half]);
  return crypto.subtle.importKey("raw", await derive(both, "wrap"), "AES-GCM", false, ["wrapKey", "unwrapKey"]);
}

async function derive(secret: Bytes, info: string): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: bytes(`zorgmessenger ${info}`) };
  return crypto.subtle.deriveBits(parameters, key, 256);
}

/** A new data key, wrapped. */
export async function newDataKey(by: CryptoKey): Promise<Sealed> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const iv = random(NONCE);
  return { iv, data: await crypto.subtle.wrapKey("raw", key, by, { name: "AES-GCM", iv }) };
}

/** A data key that is never wrapped: the browser keeps it, and does not give it out. */
export const newOwnKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

/** The data key, which the browser does not give out again. Raises where `by` is another key. */
export const unwrap = (wrapped: Sealed, by: CryptoKey): Promise<CryptoKey> => unwrapped(wrapped, by, false);

const unwrapped = ({ iv, data }: Sealed, by: CryptoKey, extractable: boolean): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey("raw", data, by, { name: "AES-GCM", iv }, "AES-GCM", extractable, ["encrypt", "decrypt"]);

/** The same data key, wrapped by another key. */
export async function rewrap(wrapped: Sealed, from: CryptoKey, to: CryptoKey): Promise<Sealed> {
  const iv = random(NONCE);
  return { iv, data: await crypto.subtle.wrapKey("raw", await unwrapped(wrapped, from, true), to, { name: "AES-GCM", iv }) };
}

/** Seals a value for one place: moved to another, it does not open. */
export async function seal(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  const iv = random(NONCE);
  const plain = bytes(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(place) }, key, plain) };
}

export async function open<T>(key: CryptoKey, place: string, { iv, data }: Sealed): Promise<T> {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytes(place) }, key, data);
  return JSON.parse(new TextDecoder().decode(plain)) as T;
}

export const newDeviceKey = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);

export const publicOf = async (pair: CryptoKeyPair): Promise<string> =>
  said(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));

export async function sign(pair: CryptoKeyPair, text: string): Promise<string> {
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, bytes(text));
  return said(new Uint8Array(signature));
}

/** Base64url without padding. */
export const said = (raw: Bytes): string =>
  btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

export const heard = (text: string): Bytes =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

export const hex = (raw: Bytes): string => [...raw].map((byte) => byte.toString(16).padStart(2, "0")).join("");
