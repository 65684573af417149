// Keeps what is known, sealed, while the app is open, and gives it back after the PIN, or, without one, when the server is not
// reached. What is not sent yet is written at once; what else changes in a burst is written together, a moment later, or
// when the page is left; locking writes what is left before it is forgotten. What does not open is as if it were not there:
// the server has everything but what was not sent yet. Laws:
// 1. Nothing is written, and nothing wiped, under a key that is not the device's any more (`keys.ts`).
// 2. What begins later overtakes what is under way (`turn`).
// 3. What a page has not sent is that page's alone while it is there, and its heir's after (`platform/pages.ts`).
import { effect } from "@preact/signals";
import { keysOf, readAll } from "../../platform/device-store";
import { asHeir, thisPage } from "../../platform/pages";
import { open, seal, type Sealed } from "../../platform/sealing";
import { forget, takeOn, takeUp } from "../../realtime/client";
import { session } from "../../realtime/store";
import { allDrafts, draftsChanged, dropDrafts, takeDrafts } from "../messages/drafts";
import { changed, leftBy, ownParts, pageOf, restored, sharedParts, SPENT, type Parts, type Restored } from "./kept";
import { wipeUnder, writeUnder, type Key } from "./keys";

const AFTER = 400;
/** Without a line, and without a PIN that the server is asked about, what is kept can be read for so long. */
const ALONE_FOR = 24 * 60 * 60_000;

let key: Key | null = null;
let page = "";
let kept: Parts = new Map();
let heard = 0;
let turn = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> = Promise.resolve();
let ending: Promise<void> = Promise.resolve();
let stop = () => {};

/**
 * What a page does with what is kept already: begins with it; begins with it if the server was heard not long ago, and has
 * told nothing since the page is there; wipes it; or goes on with what the server told, which is written where it differs.
 */
export type Before = "taken up" | "read alone" | "wiped" | "joined";

export const keptUnder = (): string | null => key?.name ?? null;

/** Whether all that is not sent, wished or being written is kept as it stands now: closing the page loses none of it. */
export const isAllKept = (): boolean =>
  key !== null && changed(new Map([...kept].filter(([place]) => pageOf(place) === page)), ownNow()).size === 0;

const ownNow = (): Parts => ownParts(session.peek().state, allDrafts(), page);

/** Keeps under `next` from now on. */
export async function startKeeping(next: Key, before: Before): Promise<void> {
  await ending;
  dropKeeping();
  const mine = turn;
  await writing;
  page = await thisPage();
  if (mine !== turn) return;
  if (before === "wiped" && !(await wipeUnder(next.name))) return;
  const begins = before === "taken up" || before === "read alone";
  if ((begins && !(await begin(next, before, mine))) || mine !== turn) return;
  key = next;
  writing = before === "joined" ? join(next, mine).catch(() => {}) : writing;
  watch();
  if (before === "wiped") await flush();
  for (const left of new Set((await keysOf("sealed")).map(pageOf))) if (left !== null) asHeir(page, left, () => inherit(next, left));
}

/** Writes what changes: at once where something is not sent, or is not waiting any more. */
function watch(): void {
  let wasUp = false;
  let before: readonly unknown[] | null = null;
  stop = effect(() => {
    void draftsChanged.value;
    const { link, state } = session.value;
    if (wasUp || link === "up") heard = Date.now();
    wasUp = link === "up";
    const now = [state.pending, state.alterations, allDrafts().size];
    const isUrgent = before?.some((one, i) => one !== now[i]) ?? false;
    before = now;
    if (isUrgent) void flush();
    else timer ??= setTimeout(() => void flush(), AFTER);
  });
}

async function opened(by: Key, which: (place: string) => boolean): Promise<ReadonlyMap<string, unknown>> {
  const sealed = [...(await readAll<Sealed>("sealed"))].filter(([place]) => which(place));
  return new Map(await Promise.all(sealed.map(async ([place, one]) => [place, await open(by.key, place, one).catch(() => null)] as const)));
}

/** Begins with what is kept; whether it did. */
async function begin(by: Key, before: Before, mine: number): Promise<boolean> {
  const records = await opened(by, (place) => pageOf(place) === null);
  const found = restored(readable(records));
  const isLongAgo = before === "read alone" && Math.abs(Date.now() - (found?.heard ?? 0)) > ALONE_FOR;
  const isToldSince = before === "read alone" && session.peek().state.me !== null;
  if (mine !== turn || isLongAgo || isToldSince || (!found && before === "read alone")) return false;
  kept = keptIn(records, found);
  if (!found) return true;
  takeUp(found.session);
  heard = found.heard;
  return true;
}

const readable = (records: ReadonlyMap<string, unknown>) => new Map([...records].filter(([, value]) => value !== null));

/** What these records hold; one that cannot be read is to be written anew, or removed. */
const keptIn = (records: ReadonlyMap<string, unknown>, found: Restored | null): Parts =>
  new Map([...spent(records), ...(found ? sharedParts(found.session.state, found.heard) : [])]);

const spent = (records: ReadonlyMap<string, unknown>): Parts => new Map([...records.keys()].map((place) => [place, SPENT]));

/** Learns what is kept already, one record after the other, so that the page answers in between. */
async function join(by: Key, mine: number): Promise<void> {
  const records = new Map<string, unknown>();
  const shared = [...(await readAll<Sealed>("sealed"))].filter(([place]) => pageOf(place) === null);
  for (const [place, one] of shared) records.set(place, await open(by.key, place, one).catch(() => null));
  if (mine === turn) kept = keptIn(records, restored(readable(records)));
}

/** Takes on what a page that is gone has left, and keeps it as this page's own. */
async function inherit(by: Key, left: string): Promise<void> {
  const records = await opened(by, (place) => pageOf(place) === left);
  if (key !== by || session.peek().state.me === null) return;
  const { pending, wishes, drafts } = leftBy(readable(records));
  writing = writing.then(() => {
    if (key === by) kept = new Map([...kept, ...spent(records)]);
  });
  takeOn(pending, wishes);
  takeDrafts(drafts);
  await flush();
}

/** Writes what has changed; one after the other, each in one transaction. */
export function flush(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  writing = writing.then(writeChanges).catch(() => {});
  return writing;
}

async function writeChanges(): Promise<void> {
  const [by, mine, { state }] = [key, turn, session.peek()];
  if (!by || state.me === null) return;
  const now = new Map([...sharedParts(state, heard), ...ownNow()]);
  const changes = changed(kept, now);
  if (changes.size === 0) return;
  const sealed = await Promise.all(
    [...changes].map(async ([place, part]) => [place, part && (await seal(by.key, place, part.value()))] as const),
  );
  if (mine !== turn) return;
  const isStill = await writeUnder(by.name, new Map(sealed));
  if (mine !== turn) return;
  if (isStill) kept = now;
  else dropKeeping();
}

/** Writes what is left, and then forgets all of it, and the key. */
export function stopKeeping(): Promise<void> {
  stop();
  ending = flush().then(() => {
    dropKeeping();
    forget();
    dropDrafts();
  });
  return ending;
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

/** What was being written when keeping ended is done. */
export const written = (): Promise<void> => writing;

/** Whether what is shown was heard too long ago to be shown without asking the server. */
export const isShownTooLong = (): boolean =>
  key !== null && session.peek().link !== "up" && Math.abs(Date.now() - heard) > ALONE_FOR;
