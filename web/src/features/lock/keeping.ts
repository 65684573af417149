// Keeps what is known, sealed, while the app is open, and gives it back after the PIN. What changes in a burst is sealed and
// written together, a moment later; locking writes what is left before it is forgotten. What does not open is as if it were
// not there: the server has everything but what was not sent yet.
import { effect } from "@preact/signals";
import { clear, readAll, write } from "../../platform/device-store";
import { open, seal, type Sealed } from "../../platform/sealing";
import { forget, takeUp } from "../../realtime/client";
import { session } from "../../realtime/store";
import { allDrafts, draftsChanged, dropDrafts, keepDraft } from "../messages/drafts";
import { changed, partsOf, restored, type Parts } from "./kept";

const AFTER = 400;

let key: CryptoKey | null = null;
let kept: Parts = new Map();
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> = Promise.resolve();
let ending: Promise<void> = Promise.resolve();
let stop = () => {};

/** What a tab does with what is kept already: takes it up, wipes it, or lets it be, for another tab keeps it too. */
export type Before = "taken up" | "wiped" | "left";

/** Keeps under `by` from now on. */
export async function startKeeping(by: CryptoKey, before: Before): Promise<void> {
  await ending;
  dropKeeping();
  await writing;
  key = by;
  if (before === "wiped") await clear("sealed");
  if (before === "taken up") await restore(by);
  stop = effect(() => {
    void [session.value.state, draftsChanged.value];
    timer ??= setTimeout(() => void flush(), AFTER);
  });
}

async function restore(by: CryptoKey): Promise<void> {
  const sealed = await readAll<Sealed>("sealed");
  const opened = await Promise.all([...sealed].map(async ([place, one]) => [place, await open<unknown>(by, place, one).catch(() => null)] as const));
  const found = restored(new Map(opened.filter(([, value]) => value !== null)));
  if (!found) return clear("sealed");
  takeUp(found.session);
  for (const [conversation, text] of found.drafts) keepDraft(conversation, text);
  kept = partsOf(found.session.state, found.drafts);
}

/** Writes what has changed; one after the other, each in one transaction. */
export function flush(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  writing = writing.then(writeChanges).catch(() => {});
  return writing;
}

async function writeChanges(): Promise<void> {
  const by = key;
  const now = partsOf(session.peek().state, allDrafts());
  if (!by || now.size === 0) return;
  const changes = changed(kept, now);
  const sealed = await Promise.all(
    [...changes].map(async ([place, part]) => [place, part && (await seal(by, place, part.value()))] as const),
  );
  await write("sealed", new Map(sealed));
  kept = now;
}

/** Writes what is left, and then forgets all of it, and the key. */
export function stopKeeping(): void {
  stop();
  ending = flush().then(() => {
    key = null;
    forget();
    dropDrafts();
  });
}

/** Forgets the key; nothing is written any more. */
export function dropKeeping(): void {
  stop();
  clearTimeout(timer);
  timer = undefined;
  key = null;
  kept = new Map();
}
