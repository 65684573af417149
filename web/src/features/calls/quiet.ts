// Whether a person's quiet hours count now. They may go past midnight.

/** `quiet` is from and until, in minutes from midnight; empty for none. */
export function isQuiet(quiet: readonly number[], at: Date): boolean {
  const [from, until] = quiet;
  if (from === undefined || until === undefined || from === until) return false;
  const now = at.getHours() * 60 + at.getMinutes();
  return from < until ? now >= from && now < until : now >= from || now < until;
}
