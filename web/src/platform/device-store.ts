// What this device keeps: a database of the browser with the lock, and with records that are sealed before they come here.
// Where the browser keeps nothing, there is no lock either. A transaction takes all of its changes or none.
const NAME = "zorgmessenger";
const VERSION = 1;
/** A browser that does not answer keeps nothing. */
const ANSWERS_WITHIN = 3_000;

/** `lock`: what is needed to ask for the PIN, or, without one, what seals; `sealed`: what can be read with that. */
export type Store = "lock" | "sealed";
const STORES: readonly Store[] = ["lock", "sealed"];

let opening: Promise<IDBDatabase> | null = null;

export const canKeep = (): boolean => typeof indexedDB !== "undefined" && globalThis.crypto?.subtle !== undefined;

function database(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    const timer = setTimeout(() => reject(new Error("no answer")), ANSWERS_WITHIN);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => {
      clearTimeout(timer);
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

type Of = (store: Store) => IDBObjectStore;

async function change<T>(stores: readonly Store[], mode: IDBTransactionMode, run: (of: Of) => T): Promise<T> {
  const transaction = (await database()).transaction([...stores], mode);
  const result = run((store) => transaction.objectStore(store));
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("not kept"));
  });
  return result;
}

function all<T>(store: IDBObjectStore): () => ReadonlyMap<string, T> {
  const [keys, values] = [store.getAllKeys(), store.getAll()];
  return () => new Map(keys.result.map((key, i) => [String(key), values.result[i] as T]));
}

/** Everything in `store`, by key. */
export const readAll = async <T>(store: Store): Promise<ReadonlyMap<string, T>> =>
  (await change([store], "readonly", (of) => all<T>(of(store))))();

/** The keys of everything in `store`. */
export async function keysOf(store: Store): Promise<readonly string[]> {
  const keys = await change([store], "readonly", (of) => of(store).getAllKeys());
  return keys.result.map(String);
}

function put(store: IDBObjectStore, changes: ReadonlyMap<string, unknown>): void {
  for (const [key, value] of changes) {
    if (value === undefined) store.delete(key);
    else store.put(value, key);
  }
}

/** Changes in one transaction; `undefined` removes. */
export const write = (store: Store, changes: ReadonlyMap<string, unknown>): Promise<void> =>
  change([store], "readwrite", (of) => put(of(store), changes));

/** What `decide` makes of what stands in `lock`, done in the same transaction, so that no other page comes in between. */
export interface Decision<T> {
  readonly lock?: ReadonlyMap<string, unknown>;
  readonly sealed?: ReadonlyMap<string, unknown> | "clear";
  readonly gives: T;
}

export async function decided<T>(decide: (lock: ReadonlyMap<string, unknown>) => Decision<T>): Promise<T> {
  const made = await change(STORES, "readwrite", (of) => {
    const found: { decision?: Decision<T> } = {};
    const read = all<unknown>(of("lock"));
    of("lock").count().onsuccess = () => {
      const { lock, sealed } = (found.decision = decide(read()));
      if (lock) put(of("lock"), lock);
      if (sealed === "clear") of("sealed").clear();
      else if (sealed) put(of("sealed"), sealed);
    };
    return found;
  });
  return (made.decision as Decision<T>).gives;
}
