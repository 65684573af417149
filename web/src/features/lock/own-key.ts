// What seals without a PIN: a key that the browser keeps and gives out to nobody, where a PIN's lock would stand. It keeps
// what is on the disk from being read there; not from who has the device, for whom the session opens the same.
import { readOrWrite } from "../../platform/device-store";
import { newOwnKey } from "../../platform/sealing";

/** Where it stands in the store `lock`. */
export const OWN_KEY = "own";

export const ownKey = async (): Promise<CryptoKey> => readOrWrite("lock", OWN_KEY, await newOwnKey());
