// The other tabs in which the app is open. The server's side of the lock is one for all of them: the last that goes, or
// locks, closes it. The PIN is one for all too: the tab that sets, changes or removes it tells the others, and what is kept is
// sealed by one key in all that are open. One that is open holds a lock of the browser (Web Locks) besides, which ends with it
// whatever ends it.
import { holdTogether, onceNoneHolds } from "../../platform/pages";

type Said = { readonly tab: string; readonly open: boolean } | Change;

/** The lock's part on this device is another; `key`, where that changed: what seals from now on, or null without a PIN. */
export interface Change {
  readonly key?: CryptoKey | null;
}

const OPEN = "open";

const me = crypto.randomUUID?.() ?? String(Math.random());
const others = new Set<string>();
let channel: BroadcastChannel | null = null;
let open = false;
let letGo: (() => void) | null = null;

const say = () => channel?.postMessage({ tab: me, open } satisfies Said);

export function watchTabs(onChange: (change: Change) => void): void {
  if (typeof BroadcastChannel === "undefined") return;
  channel = new BroadcastChannel("lock");
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (!("tab" in data)) return onChange(data);
    const isNew = !others.has(data.tab);
    if (data.open) others.add(data.tab);
    else others.delete(data.tab);
    if (data.open && isNew && open) say();
  };
}

export function tellTabs(isOpen: boolean): void {
  open = isOpen;
  say();
  letGo?.();
  letGo = isOpen ? holdTogether(OPEN) : null;
}

export const tellChange = (change: Change): void => channel?.postMessage(change satisfies Said);

export const isLastTab = (): boolean => others.size === 0;

/** Runs once the app is open in no tab, unless what is given back is called before. */
export const onceNoneIsOpen = (run: () => Promise<unknown>): (() => void) => onceNoneHolds(OPEN, run);
