// Asking the server for messages by their words. The answers come over the socket; a question that no line carries, or
// whose line went, is answered with null. Its numbers are apart from those of history.
import type { Found, Refused } from "../api/protocol";

export const FIRST = 1_000_000_000;
const LAST = 2 ** 31 - 1;

type Answer = (found: Found | null) => void;

export class Searches {
  #next = FIRST;
  readonly #asked = new Map<number, Answer>();

  /** A new question: its number, and what comes of it. */
  ask(): readonly [number, Promise<Found | null>] {
    const request = this.#next;
    this.#next = request === LAST ? FIRST : request + 1;
    return [request, new Promise<Found | null>((answer) => this.#asked.set(request, answer))];
  }

  found(frame: Found): void {
    this.#answer(frame.request, frame);
  }

  refused({ request }: Refused): void {
    if (request) this.#answer(request, null);
  }

  /** Nothing that was asked is answered any more. */
  drop(): void {
    for (const request of [...this.#asked.keys()]) this.#answer(request, null);
  }

  #answer(request: number, found: Found | null): void {
    this.#asked.get(request)?.(found);
    this.#asked.delete(request);
  }
}
