// Questions to the server whose answers come over the socket by their number. A question that no line carries, or whose
// line went, is answered with null. Each kind of questions has numbers of its own, apart from those of history.

/** The numbers of questions about messages by their words, and of those about calls. */
export const SEARCHES = [1_000_000_000, 1_499_999_999] as const;
export const CALLS = [1_500_000_000, 2 ** 31 - 1] as const;

export class Questions<T> {
  #next: number;
  readonly #asked = new Map<number, (answer: T | null) => void>();

  constructor(private readonly numbers: readonly [first: number, last: number]) {
    this.#next = numbers[0];
  }

  /** A new question: its number, and what comes of it. */
  ask(): readonly [number, Promise<T | null>] {
    const request = this.#next;
    this.#next = request === this.numbers[1] ? this.numbers[0] : request + 1;
    return [request, new Promise<T | null>((answer) => this.#asked.set(request, answer))];
  }

  answer(request: number | null | undefined, answer: T | null): void {
    if (!request) return;
    this.#asked.get(request)?.(answer);
    this.#asked.delete(request);
  }

  /** Nothing that was asked is answered any more. */
  drop(): void {
    for (const request of [...this.#asked.keys()]) this.answer(request, null);
  }
}
