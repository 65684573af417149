// Under which key this device keeps: that of the lock, or, without a PIN, one that the browser keeps and gives out to nobody,
// made for one person. It keeps what is on the disk from being read there; not from who has the device, for whom the
// session opens the same. Each has a name, and a page writes and wipes only while the device still has the key it knows:
// another page may have signed out meanwhile, and somebody else in.
import { decided } from "../../platform/device-store";
import { newOwnKey, random, said, type Sealed } from "../../platform/sealing";

/** Where they stand in the store `lock`. */
export const LOCK = "lock";
export const OWN = "own";

export interface Key {
  readonly name: string;
  readonly key: CryptoKey;
}

export interface OwnKey extends Key {
  readonly person: string;
}

type Lock = ReadonlyMap<string, unknown>;

const nameIn = (lock: Lock): string | undefined =>
  (lock.get(LOCK) as { id: string } | undefined)?.id ?? (lock.get(OWN) as OwnKey | undefined)?.name;

/** The key for this person without a PIN; what was kept for another is wiped. Null where a lock stands. */
export async function ownKeyFor(person: string): Promise<OwnKey | null> {
  const made: OwnKey = { name: said(random(16)), key: await newOwnKey(), person };
  return decided<OwnKey | null>((lock) => {
    const found = lock.get(OWN) as OwnKey | undefined;
    if (lock.has(LOCK)) return { gives: null };
    if (found?.person === person) return { gives: found };
    return { lock: new Map([[OWN, made]]), sealed: "clear", gives: made };
  });
}

/** Changes records, if the device still keeps under this key; whether it does. */
export const writeUnder = (name: string, changes: ReadonlyMap<string, Sealed | undefined>): Promise<boolean> =>
  decided<boolean>((lock) => (nameIn(lock) === name ? { sealed: changes, gives: true } : { gives: false }));

/** Wipes all records, if the device still keeps under this key. */
export const wipeUnder = (name: string): Promise<boolean> =>
  decided<boolean>((lock) => (nameIn(lock) === name ? { sealed: "clear", gives: true } : { gives: false }));

/** Nothing stays on the device, the key included, if it is the one of this name; `null`: whichever it is. */
export const wipe = (name: string | null): Promise<boolean> =>
  decided<boolean>((lock) =>
    name === null || nameIn(lock) === name
      ? { lock: new Map([LOCK, OWN].map((one) => [one, undefined])), sealed: "clear", gives: true }
      : { gives: false },
  );
