// One file on its way to the server: begun, sent part by part, whole. A line that goes is waited for; what the server has
// already is not sent again, so an upload that was broken off goes on, also when the page was closed in between and the
// same file is chosen again.
import { ApiError } from "../../api/http";
import type { Announced, Arrival } from "../../api/files";

/** What an upload needs of the world; given, so that tests need no server. */
export interface Line {
  readonly begin: (file: Announced) => Promise<Arrival>;
  readonly put: (id: string, part: number, bytes: Blob, progress: (bytes: number) => void, signal: AbortSignal) => Promise<void>;
  readonly finish: (id: string) => Promise<Arrival>;
  /** Resolves when it is worth trying again after `attempt` failures. */
  readonly wait: (attempt: number, signal: AbortSignal) => Promise<void>;
}

export interface Tell {
  readonly sent: (bytes: number) => void;
  /** It goes on by itself: what it waits for, which is no line (status 0) or what the server says; null when it goes again. */
  readonly waiting: (cause: ApiError | null) => void;
}

const AT_ONCE = 3;

/** Gives the file as the server knows it. Throws what the server refuses it for, or what it cannot be read by. */
export async function upload(file: Blob, announced: Announced, line: Line, tell: Tell, signal: AbortSignal): Promise<Arrival> {
  const again = <T>(what: () => Promise<T>) => insist(what, line, tell, signal);
  const begun = await again(() => line.begin(announced));
  const { id } = begun.file;
  if (begun.file.state !== "arriving") return begun;
  const missing = [...begun.missing];
  const under = new Map<number, number>();
  let done = announced.size - missing.reduce((sum, part) => sum + sizeOf(part), 0);
  const told = () => tell.sent(done + [...under.values()].reduce((sum, bytes) => sum + bytes, 0));

  function sizeOf(part: number): number {
    return Math.min(begun.partSize, announced.size - part * begun.partSize);
  }

  async function some(): Promise<void> {
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      const number = part;
      const bytes = file.slice(number * begun.partSize, number * begun.partSize + sizeOf(number));
      await again(() => line.put(id, number, bytes, (loaded) => (under.set(number, loaded), told()), signal));
      under.delete(number);
      done += sizeOf(number);
      told();
    }
  }

  told();
  // The first part alone: by what it begins with the server may refuse the file, before all of it is on its way.
  const rest = missing.splice(1);
  await some();
  missing.push(...rest);
  await Promise.all(Array.from({ length: AT_ONCE }, some));
  return again(() => line.finish(id));
}

/** Tries until it succeeds, is refused for good, or is broken off. */
async function insist<T>(what: () => Promise<T>, line: Line, tell: Tell, signal: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      const result = await what();
      if (attempt > 0) tell.waiting(null);
      return result;
    } catch (cause) {
      if (signal.aborted || !mayPass(cause)) throw cause;
      tell.waiting(cause);
      await line.wait(attempt, signal);
      if (signal.aborted) throw cause;
    }
  }
}

const PASSING = [0, 408, 429, 502, 503, 504, 507];

const mayPass = (cause: unknown): cause is ApiError => cause instanceof ApiError && PASSING.includes(cause.status);
