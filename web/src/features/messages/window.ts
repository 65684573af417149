// Which part of a long conversation is drawn: a window on the messages by their numbers, never more than `MOST`, so that
// ten thousand messages are as fast as ten. `to: null` follows the newest message.

export interface Window {
  readonly from: number;
  readonly to: number | null;
}

export const CHUNK = 60;
export const MOST = 240;

/** The end of the conversation, or around the first unread message when there is one further back. */
export function opening(bottom: number, top: number, firstUnread: number | null): Window {
  if (firstUnread === null || top - firstUnread < CHUNK / 2) return atEnd(bottom, top);
  const from = Math.max(bottom, firstUnread - CHUNK / 2);
  return top - from < MOST ? { from, to: null } : { from, to: from + CHUNK * 2 };
}

export const atEnd = (bottom: number, top: number): Window => ({ from: Math.max(bottom, top - CHUNK + 1), to: null });

export function up(window: Window, bottom: number, top: number): Window {
  const from = Math.max(bottom, window.from - CHUNK);
  const to = window.to ?? top;
  return to - from < MOST ? { from, to: window.to } : { from, to: from + MOST - 1 };
}

export function down(window: Window, top: number): Window {
  if (window.to === null) return window;
  const to = window.to + CHUNK;
  const from = Math.max(window.from, Math.min(to, top) - MOST + 1);
  return { from, to: to >= top ? null : to };
}

/** While following the newest, lets go of the oldest drawn once there are too many. */
export const trimmed = (window: Window, top: number): Window =>
  window.to === null && top - window.from >= MOST + CHUNK ? { from: top - MOST + 1, to: null } : window;

/** The part of a run without gaps that lies in the window. */
export function within<M extends { readonly seq: number }>(run: readonly M[], window: Window): readonly M[] {
  const bottom = run[0]?.seq ?? 0;
  return run.slice(Math.max(0, window.from - bottom), window.to === null ? undefined : window.to - bottom + 1);
}
