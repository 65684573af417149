// What comes from the others in the call, by device: their pictures and sound, how well they are connected, and who speaks.
import { computed, signal } from "@preact/signals";
import type { Link, Tracks } from "./engine/kinds";
import type { Quality } from "./engine/quality";

export const fromMesh = signal<ReadonlyMap<string, Tracks>>(new Map());
export const fromSfu = signal<ReadonlyMap<string, Tracks>>(new Map());
export const links = signal<ReadonlyMap<string, Link>>(new Map());
/** By device; through the SFU one for all, under the empty id. */
export const qualities = signal<ReadonlyMap<string, Quality>>(new Map());
/** The device of who speaks, or spoke last. */
export const speaking = signal<string | null>(null);

/** While the connection from device to device stands, what comes by it is shown; then what comes from the SFU. */
export const remotes = computed<ReadonlyMap<string, Tracks>>(() => new Map([...fromSfu.value, ...fromMesh.value]));

export const withEntry = <V>(map: ReadonlyMap<string, V>, key: string, value: V | undefined): ReadonlyMap<string, V> => {
  const next = new Map(map);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
};

export function forgetRemotes(): void {
  fromMesh.value = fromSfu.value = links.value = qualities.value = new Map();
  speaking.value = null;
}
