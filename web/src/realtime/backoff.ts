// How long to wait before the next attempt to connect. Full jitter above a floor: after a restart of the server all
// devices come back spread over time, not at once.
import { Close } from "../api/protocol";

const FIRST = 500;
const MOST = 30_000;
const TOO_MANY = 15_000;

/** Milliseconds before attempt number `attempt` (0, 1, 2 …) after a close with `code`; `random` is in [0, 1). */
export function waitBefore(attempt: number, code: number, random: number): number {
  const ceiling = Math.min(MOST, FIRST * 2 ** Math.min(attempt, 10));
  const wait = ceiling / 4 + random * ceiling * 0.75;
  return Math.round(code === Close.TOO_MANY ? TOO_MANY + wait : wait);
}
