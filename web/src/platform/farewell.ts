// What the sign-in page tells somebody whose session ended while they were at work here. The page is loaded anew in
// between, so it is noted for this tab: that it ended, and whether not all was sent; nothing of who or what.
const KEY = "farewell";

/** `destroyed`: the PIN was wrong five times. */
export type Farewell = "ended" | "unsent" | "destroyed";
const ALL: readonly Farewell[] = ["ended", "unsent", "destroyed"];

let onPurpose = false;

/** Somebody is signing out by themselves, and needs no telling; `false`: it failed. */
export function leaveOnPurpose(now: boolean): void {
  onPurpose = now;
}

export const isLeavingOnPurpose = (): boolean => onPurpose;

export function noteFarewell(farewell: Farewell): void {
  if (!onPurpose) sessionStorage.setItem(KEY, farewell);
}

/** Until somebody has signed in. */
export function farewellNoted(): Farewell | null {
  const noted = sessionStorage.getItem(KEY);
  return ALL.find((one) => one === noted) ?? null;
}

export function dropFarewell(): void {
  onPurpose = false;
  sessionStorage.removeItem(KEY);
}
