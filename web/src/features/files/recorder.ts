// Records from the microphone, for as long as it may last. `Recorder` knows the browser and nothing of the screen: it tells
// how far it is and how loud, and gives one file at the end. Its laws:
// 1. The microphone is let go whatever happens, also when it is taken out or not allowed.
// 2. What was recorded is given once, or dropped.
// 3. A pause does not count.
import { t } from "../../i18n/text";

export const LONGEST = 15 * 60_000;
const BITS = 32_000;
const EVERY = 100;
const FULL = 0.35;

/** In order of preference: what every browser plays, then what the others record. */
const TYPES = [
  { type: "audio/mp4", ending: "m4a" },
  { type: "audio/webm;codecs=opus", ending: "webm" },
  { type: "audio/ogg;codecs=opus", ending: "ogg" },
] as const;

export const canRecord = (): boolean => typeof MediaRecorder === "function" && navigator.mediaDevices !== undefined;

export interface Heard {
  readonly ms: number;
  /** Between 0 and 1. */
  readonly level: number;
}

export interface Listener {
  readonly heard: (heard: Heard) => void;
  /** It ended, by `finish`, by itself, or because the microphone went. */
  readonly done: (file: File, ms: number) => void;
}

export class Recorder {
  readonly #chunks: Blob[] = [];
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #samples = new Float32Array(this.#analyser.fftSize);
  readonly #recorder: MediaRecorder;
  readonly #timer: ReturnType<typeof setInterval>;
  #before = 0;
  #since: number | null = null;
  #dropped = false;

  private constructor(
    private readonly stream: MediaStream,
    private readonly listener: Listener,
  ) {
    const chosen = TYPES.find(({ type }) => MediaRecorder.isTypeSupported(type));
    this.#recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS, ...(chosen && { mimeType: chosen.type }) });
    this.#recorder.ondataavailable = ({ data }) => void this.#chunks.push(data);
    this.#recorder.onstop = () => this.#stopped(chosen?.ending ?? "webm");
    stream.getTracks().forEach((track) => (track.onended = () => this.finish()));
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    this.#timer = setInterval(() => this.#tick(), EVERY);
    this.#recorder.start(1000);
    this.#since = performance.now();
  }

  /** Asks for the microphone. Throws what the browser says (`DOMException`) when there is none to be had. */
  static async start(listener: Listener): Promise<Recorder> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    try {
      return new Recorder(stream, listener);
    } catch (cause) {
      release(stream);
      throw cause;
    }
  }

  get ms(): number {
    return this.#before + (this.#since === null ? 0 : performance.now() - this.#since);
  }

  pause(): void {
    this.#before = this.ms;
    this.#since = null;
    this.#recorder.pause();
  }

  resume(): void {
    this.#since = performance.now();
    this.#recorder.resume();
  }

  finish(): void {
    if (this.#recorder.state === "inactive") return;
    this.#before = this.ms;
    this.#since = null;
    this.#recorder.stop();
    this.#letGo();
  }

  drop(): void {
    this.#dropped = true;
    this.finish();
  }

  #tick(): void {
    if (this.ms >= LONGEST) return this.finish();
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const loudness = Math.sqrt(this.#samples.reduce((sum, one) => sum + one * one, 0) / this.#samples.length);
    this.listener.heard({ ms: this.ms, level: this.#since === null ? 0 : Math.min(1, loudness / FULL) });
  }

  #stopped(ending: string): void {
    const { mimeType } = this.#recorder;
    this.#letGo();
    if (this.#dropped) return;
    const file = new File(this.#chunks, `${t("record.fileName")}.${ending}`, { type: mimeType, lastModified: Date.now() });
    this.listener.done(file, Math.min(LONGEST, Math.round(this.ms)));
  }

  #letGo(): void {
    clearInterval(this.#timer);
    release(this.stream);
    if (this.#context.state !== "closed") void this.#context.close();
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) {
    track.onended = null;
    track.stop();
  }
}
