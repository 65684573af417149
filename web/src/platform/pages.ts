// The pages in which the app is open, and who takes over what one of them leaves. Each has a name, which a tab keeps when it
// loads anew, and holds a lock of the browser (Web Locks) for as long as it is there. Who asks for that lock gets it when the
// page is gone: at once, or later; then it waits a moment, for a page that is loaded anew comes back for what it had.
import { newId } from "./ids";

const KEY = "page";
const COMES_BACK_WITHIN = 1_000;
/** A tab that was made as a copy of another has its name too, and does not get its lock. */
const GETS_IT_WITHIN = 3_000;

const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
const lockOf = (page: string): string => `page/${page}`;

let claimed: Promise<string> | null = null;

/** The name of this page. To be asked for as soon as the page is there: others wait no longer for one that is loaded anew. */
export const thisPage = (): Promise<string> => (claimed ??= claim());

async function claim(): Promise<string> {
  const before = sessionStorage.getItem(KEY);
  if (before && (await holds(before))) return before;
  const made = newId();
  sessionStorage.setItem(KEY, made);
  await holds(made);
  return made;
}

function holds(page: string): Promise<boolean> {
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const forGood = () => {
      resolve(true);
      return new Promise<never>(() => {});
    };
    locks.request(lockOf(page), { signal: AbortSignal.timeout(GETS_IT_WITHIN) }, forGood).catch(() => resolve(false));
  });
}

/** Runs when this page, `me`, is the heir of `left`, which may be itself; where the browser cannot tell who is there, at once. */
export function asHeir(me: string, left: string, run: () => Promise<void>): void {
  void inherited(me, left, run).catch(() => {});
}

async function inherited(me: string, left: string, run: () => Promise<void>): Promise<void> {
  if (left === me || !locks) return run();
  await locks.request(`heir/${left}`, async () => {
    const isGone = await locks.request(lockOf(left), { ifAvailable: true }, async (lock) => {
      if (lock) await run();
      return lock !== null;
    });
    if (isGone) return;
    await locks.request(lockOf(left), async () => {
      await new Promise((resolve) => setTimeout(resolve, COMES_BACK_WITHIN));
      const { pending = [] } = await locks.query();
      if (!pending.some(({ name }) => name === lockOf(left))) await run();
    });
  });
}

/** Holds `name` together with all other pages that do, until what is given back is called, or the page is gone. */
export function holdTogether(name: string): () => void {
  const stop = new AbortController();
  let release = (): void => stop.abort();
  const held = (): Promise<void> => new Promise((resolve) => (release = resolve));
  locks?.request(name, { mode: "shared", signal: stop.signal }, held).catch(() => {});
  return () => release();
}

/** Runs once no page holds `name`; not at all where what is given back is called before, or the browser cannot tell. */
export function onceNoneHolds(name: string, run: () => Promise<unknown>): () => void {
  const stop = new AbortController();
  locks?.request(name, { signal: stop.signal }, run).catch(() => {});
  return () => stop.abort();
}
