// Keeps what is known, sealed, while the app is open, and gives it back after the PIN, or, without one, when the app is opened
// again. What changes in a burst is sealed and written together, a moment later, or when the page is left; locking writes
// what is left before it is forgotten. What does not open is as if it were not there: the server has everything but what was
// not sent yet.
import { effect } from "@preact/signals";
import { clear, readAll, write } from "../../platform/device-store";
import { open, seal, type Sealed } from "../../platform/sealing";
import { forget, takeOn, takeUp } from "../../realtime/client";
import { session } from "../../realtime/store";
import { redrawn } from "../messages/composing";
import { allDrafts, draftOf, draftsChanged, dropDrafts, keepDraft } from "../messages/drafts";
import { changed, partsOf, restored, type Parts } from "./kept";

const AFTER = 400;
/** Without a line, and without a PIN that the server is asked about, what is kept can be read for so long. */
const ALONE_FOR = 24 * 60 * 60_000;

let key: CryptoKey | null = null;
let kept: Parts = new Map();
let heard = 0;
/** Counts up whenever keeping begins or ends: what was under way before is overtaken. */
let turn = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> = Promise.resolve();
let ending: Promise<void> = Promise.resolve();
let stop = () => {};

/**
 * What a tab does with what is kept already: begins with it; begins with it if the server was heard not long ago; takes from
 * it what was not sent, as the server has told the rest; wipes it; or lets it be, for another tab keeps it too.
 */
export type Before = "taken up" | "read alone" | "joined" | "wiped" | "left";

export const isKeeping = (): boolean => key !== null;

/** Whether what is being written is kept, to the last letter: closing the page loses nothing of it. */
export const areDraftsKept = (): boolean =>
  key !== null && [...allDrafts()].every(([conversation, text]) => kept.get(`draft/${conversation}`)?.of[0] === text);

/** Keeps under `by` from now on. */
export async function startKeeping(by: CryptoKey, before: Before): Promise<void> {
  await ending;
  dropKeeping();
  const mine = ++turn;
  await writing;
  if (before === "wiped") await clear("sealed");
  const isToKeep = before === "wiped" || before === "left" || (await restore(by, before, () => mine === turn));
  if (!isToKeep || mine !== turn) return;
  key = by;
  stop = effect(() => {
    void draftsChanged.value;
    if (session.value.link === "up") heard = Date.now();
    timer ??= setTimeout(() => void flush(), AFTER);
  });
  if (before === "wiped") await flush();
}

/** Whether to keep under this key: not while it is not known whether that is still this person's to read. */
async function restore(by: CryptoKey, before: Before, isWanted: () => boolean): Promise<boolean> {
  const sealed = await readAll<Sealed>("sealed");
  const opened = await Promise.all([...sealed].map(async ([place, one]) => [place, await open<unknown>(by, place, one).catch(() => null)] as const));
  const found = restored(new Map(opened.filter(([, value]) => value !== null)));
  if (!isWanted()) return false;
  const isTheirs = before !== "joined" || found?.session.state.me?.id === session.peek().state.me?.id;
  if (!found || !isTheirs) {
    await clear("sealed");
    return before !== "read alone";
  }
  if (before === "read alone" && Math.abs(Date.now() - found.heard) > ALONE_FOR) return false;
  if (before === "joined") takeOn(found.session.state);
  else takeUp(found.session);
  for (const [conversation, text] of found.drafts) if (!draftOf(conversation)) keepDraft(conversation, text);
  redrawn.value += 1;
  heard = found.heard;
  kept = partsOf(found.session.state, found.drafts, found.heard);
  return true;
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
  const now = partsOf(session.peek().state, allDrafts(), heard);
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
  turn += 1;
  key = null;
  kept = new Map();
}
