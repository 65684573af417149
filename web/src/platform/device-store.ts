// What this device keeps: a database of the browser with the lock, and with records that are sealed before they come here.
// Where the browser keeps nothing, there is no lock either. A transaction takes all of its changes or none.
const NAME = "zorgmessenger";
const VERSION = 1;

/** `lock`: what is needed to ask for the PIN, or, without one, what seals; `sealed`: what can be read with that. */
export type Store = "lock" | "sealed";
const STORES: readonly Store[] = ["lock", "sealed"];

let opening: Promise<IDBDatabase> | null = null;

export const canKeep = (): boolean => typeof indexedDB !== "undefined" && globalThis.crypto?.subtle !== undefined;

function database(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => {
      // Another version of the app, or who clears what is kept, does not have to wait for this page.
      request.result.onversionchange = () => {
        request.result.close();
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("no database"));
  }).catch((cause: unknown) => {
    opening = null;
    throw cause;
  });
  return opening;
}

async function change<T>(stores: readonly Store[], mode: IDBTransactionMode, run: (of: (store: Store) => IDBObjectStore) => T): Promise<T> {
  const transaction = (await database()).transaction([...stores], mode);
  const result = run((store) => transaction.objectStore(store));
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("not kept"));
  });
  return result;
}

/** Everything in `store`, by key. */
export async function readAll<T>(store: Store): Promise<ReadonlyMap<string, T>> {
  const [keys, values] = await change([store], "readonly", (of) => [of(store).getAllKeys(), of(store).getAll()] as const);
  return new Map(keys.result.map((key, i) => [String(key), values.result[i] as T]));
}

/** What `store` has under `key`: `value`, from now on, where it had nothing. Of tabs that ask at once all get the same. */
export async function readOrWrite<T>(store: Store, key: string, value: T): Promise<T> {
  const found = await change([store], "readwrite", (of) => {
    const request: IDBRequest<T | undefined> = of(store).get(key);
    request.onsuccess = () => request.result === undefined && of(store).put(value, key);
    return request;
  });
  return found.result ?? value;
}

/** Changes in one transaction; `undefined` removes. */
export async function write(store: Store, changes: ReadonlyMap<string, unknown>): Promise<void> {
  await change([store], "readwrite", (of) => {
    for (const [key, value] of changes) {
      if (value === undefined) of(store).delete(key);
      else of(store).put(value, key);
    }
  });
}

/** Removes all that is kept in these stores. */
export async function clear(...stores: readonly Store[]): Promise<void> {
  await change(stores, "readwrite", (of) => stores.forEach((store) => of(store).clear()));
}
