// Anna's device in the property tests: the real session, with a line to the small server that may fail. Frames from the
// server wait in the line's tray until `arrive` is called, so that anything can happen in between.
import type { ClientFrame } from "../api/protocol";
import { START, step, type Input, type Session } from "../realtime/session";
import { bottomOf } from "../state/state";
import { ANNA, NOW } from "./cast";
import type { Line, World } from "./world";

export class Device {
  session: Session = START;
  #line: Line | null = null;

  constructor(private readonly world: World) {}

  get open(): boolean {
    return this.#line !== null;
  }

  do(input: Input): void {
    const [next, frames] = step(this.session, input, NOW);
    this.session = next;
    for (const frame of frames) this.#say(frame);
  }

  connect(): void {
    this.#line = { who: ANNA, out: [] };
    this.do({ type: "opened" });
  }

  /** What is under way is lost, both ways. */
  cut(): void {
    if (this.#line) this.world.lines.delete(this.#line);
    this.#line = null;
    this.do({ type: "closed" });
  }

  /** The next frame from the server arrives so many times: 0 is lost, 2 is a duplicate. */
  arrive(times = 1): boolean {
    const frame = this.#line?.out.shift();
    if (!frame) return false;
    for (let i = 0; i < times; i++) this.do({ type: "frame", frame });
    return true;
  }

  /** What waits arrives in another order: `pick` gives, for so many frames, which comes next. Who takes part is in order. */
  shuffle(pick: (waiting: number) => number): void {
    const out = this.#line?.out ?? [];
    const fixed = out.findIndex((frame) => ["welcome", "conversation", "gone"].includes(frame.type));
    const [frame] = out.splice(pick(fixed < 0 ? out.length : fixed), 1);
    if (frame) out.unshift(frame);
  }

  settle(): void {
    do while (this.arrive());
    while (this.#sayReached());
  }

  /** Fetches all there is, so that two devices can be compared. */
  loadAll(): void {
    this.settle();
    for (const id of Object.keys(this.session.state.conversations)) {
      for (let pages = 0; ; pages++) {
        if (pages > 1_000) throw new Error(`the beginning of ${id} is never reached`);
        const held = this.session.state.conversations[id];
        if (!held || bottomOf(held) <= 1) break;
        this.do({ type: "older", conversation: id });
        this.settle();
      }
    }
  }

  #sayReached(): boolean {
    this.do({ type: "reached" });
    return (this.#line?.out.length ?? 0) > 0;
  }

  #say(frame: ClientFrame): void {
    if (this.#line) this.world.hear(this.#line, frame);
  }
}
