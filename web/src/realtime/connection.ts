// Keeps one socket open. It knows nothing of conversations: frames go in and out. A dead line is found with the
// protocol's own ping (browsers cannot send the WebSocket's), sooner when a message was sent and nothing at all came
// back; and the moments at which a line is likely to have come back (`online`, the page shown again) cut the waiting
// short. `steady()` must be called once the server has welcomed
// us; only then does the waiting start from its shortest again, so that a server that accepts and closes is not hammered.
import { Close, type ClientFrame, type ServerFrame } from "../api/protocol";
import { waitBefore } from "./backoff";

export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
}

export interface Surroundings {
  open(): Socket;
  random(): number;
  /** False only when this device surely has no network; then no attempt is made until it may have one again. */
  online(): boolean;
  after(ms: number, run: () => void): () => void;
}

type Why = "signedOut" | "outdated" | "secondFactor" | "locked";

export interface Listener {
  opened(): void;
  heard(frame: ServerFrame): void;
  closed(): void;
  /**
   * The server will not have us again until the person (`signedOut`), the app's version (`outdated`) or what the person
   * signs in with (`secondFactor`) changes, or the PIN is given (`locked`).
   */
  ended(why: Why): void;
}

const ENDS: ReadonlyMap<number, Why> = new Map([
  [Close.SIGNED_OUT, "signedOut"],
  [Close.UPGRADE, "outdated"],
  [Close.SECOND_FACTOR, "secondFactor"],
  [Close.LOCKED, "locked"],
]);
const PING_EVERY = 25_000;
const ANSWER_WITHIN = 4_000;
const PONG_WITHIN = 8_000;
const PONG_WITHIN_AFTER_WAKE = 3_000;
const OPEN_WITHIN = 15_000;
const OFFLINE_WAIT = 60_000;
const ONCE_MORE_AFTER = 1_000;
const DEAD = 4000;
/** `WebSocket.OPEN`: one that is closing hears of it later, and takes nothing more. */
const OPEN = 1;

export class Connection {
  #socket: Socket | null = null;
  #open = false;
  /** An answer is awaited: what is said meanwhile does not put the watch on the line off. */
  #expecting = false;
  #attempt = 0;
  #running = false;
  #welcomed = false;
  /** A line before this one was welcomed: a refusal may be of the cookie that another page had replaced just then. */
  #mayDoubt = false;
  #cancelWait = () => {};
  #cancelWatch = () => {};

  constructor(
    private readonly around: Surroundings,
    private readonly listener: Listener,
  ) {}

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#attempt = 0;
    this.#mayDoubt = false;
    this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#cancelWait();
    this.#drop(1000);
  }

  say(frame: ClientFrame): void {
    if (!this.#open) return;
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
    if (frame.type === "send" && !this.#expecting) this.#expect(ANSWER_WITHIN, () => this.#ping(PONG_WITHIN_AFTER_WAKE));
  }

  steady(): void {
    this.#attempt = 0;
    this.#welcomed = this.#mayDoubt = true;
  }

  /** The line may be back, or may have died while the page slept or the network went. */
  wake(): void {
    if (!this.#running) return;
    if (this.#open) return this.#ping(PONG_WITHIN_AFTER_WAKE);
    if (this.#socket || !this.around.online()) return;
    this.#cancelWait();
    this.#connect();
  }

  #connect(): void {
    const socket = this.around.open();
    this.#socket = socket;
    this.#welcomed = false;
    this.#watch(OPEN_WITHIN, () => this.#drop(DEAD));
    socket.onopen = () => {
      this.#open = true;
      this.#rest();
      this.listener.opened();
    };
    socket.onmessage = (event) => {
      this.#rest();
      const frame = parse(event.data);
      if (frame) this.listener.heard(frame);
    };
    socket.onclose = (event) => this.#closed(event.code);
  }

  #closed(code: number): void {
    this.#drop(null);
    if (!this.#running) return;
    const why = ENDS.get(code);
    if (why === "signedOut" && this.#mayDoubt && !this.#welcomed) {
      this.#mayDoubt = false;
      this.#cancelWait = this.around.after(ONCE_MORE_AFTER, () => this.#connect());
      return;
    }
    if (why) {
      this.#running = false;
      this.listener.ended(why);
      return;
    }
    const online = this.around.online();
    const wait = online ? waitBefore(this.#attempt, code, this.around.random()) : OFFLINE_WAIT;
    this.#attempt += online ? 1 : 0;
    this.#cancelWait = this.around.after(wait, () => this.#connect());
  }

  /** Lets go of the socket. With a code it is closed by us, and its own close event is no longer listened to. */
  #drop(code: number | null): void {
    this.#cancelWatch();
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    this.#open = false;
    socket.onopen = socket.onmessage = socket.onclose = null;
    this.listener.closed();
    if (code === null) return;
    socket.close(code);
    if (code === DEAD) this.#closed(code);
  }

  /** Every sign of life puts the next ping off. */
  #rest(): void {
    this.#expecting = false;
    this.#watch(PING_EVERY, () => this.#ping(PONG_WITHIN));
  }

  #ping(within: number): void {
    this.say({ type: "ping" });
    this.#expect(within, () => this.#drop(DEAD));
  }

  #expect(within: number, otherwise: () => void): void {
    this.#expecting = true;
    this.#watch(within, otherwise);
  }

  #watch(ms: number, run: () => void): void {
    this.#cancelWatch();
    this.#cancelWatch = this.around.after(ms, run);
  }
}

function parse(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  const frame: unknown = JSON.parse(data);
  return typeof frame === "object" && frame !== null && "type" in frame ? (frame as ServerFrame) : null;
}
