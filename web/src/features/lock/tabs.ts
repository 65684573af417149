// The other tabs in which the app is open. The server's side of the lock is one for all of them: the last that goes, or
// locks, closes it.
type Said = { readonly tab: string; readonly open: boolean };

const me = crypto.randomUUID?.() ?? String(Math.random());
const others = new Set<string>();
let channel: BroadcastChannel | null = null;
let open = false;

const say = () => channel?.postMessage({ tab: me, open } satisfies Said);

export function watchTabs(): void {
  if (typeof BroadcastChannel === "undefined") return;
  channel = new BroadcastChannel("lock");
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    const isNew = !others.has(data.tab);
    if (data.open) others.add(data.tab);
    else others.delete(data.tab);
    if (data.open && isNew && open) say();
  };
}

export function tellTabs(isOpen: boolean): void {
  open = isOpen;
  say();
}

export const isLastTab = (): boolean => others.size === 0;
