// Lets the first of a burst through at once and gives what follows within a moment together, in order: each event draws
// the screen, and a burst of two hundred messages is two hundred drawings otherwise.

export const MOMENT = 30;

export interface Gatherer<T> {
  add(one: T): void;
  /** Gives what is waiting now. */
  flush(): void;
}

export function gather<T>(take: (all: readonly T[]) => void, after: (ms: number, run: () => void) => void): Gatherer<T> {
  let waiting: T[] = [];
  let resting = false;

  function flush(): void {
    const all = waiting;
    waiting = [];
    if (all.length > 0) take(all);
  }

  function rest(): void {
    resting = true;
    after(MOMENT, () => {
      resting = false;
      if (waiting.length === 0) return;
      flush();
      rest();
    });
  }

  return {
    add(one) {
      waiting.push(one);
      if (resting) return;
      flush();
      rest();
    },
    flush,
  };
}
