// How good a connection is, from two readings of what the browser counts (W3C WebRTC Statistics): what is lost, how long
// the way is, whether pictures come. And how loud each other person is, for who is speaking.

export interface Reading {
  readonly received: number;
  readonly lost: number;
  /** Seconds there and back. */
  readonly delay: number;
  readonly frames: number;
  /** What of this device's own is lost on the way, between 0 and 1. */
  readonly lostThere: number;
  /** By the id of a track how loud it is, between 0 and 1. */
  readonly voices: ReadonlyMap<string, number>;
}

/** `loss`: picture and sound falter. `delay`: what one says comes later. `frames`: pictures stand still. */
export type Quality = "good" | "loss" | "delay" | "frames";

const MUCH_LOST = 0.06;
const LONG_WAY = 0.45;

interface Stat {
  readonly type: string;
  readonly kind?: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly framesDecoded?: number;
  readonly fractionLost?: number;
  readonly currentRoundTripTime?: number;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly audioLevel?: number;
  readonly trackIdentifier?: string;
}

export function read(report: Iterable<Stat>): Reading {
  const voices = new Map<string, number>();
  const reading = { received: 0, lost: 0, delay: 0, frames: 0, lostThere: 0, voices };
  for (const stat of report) {
    if (stat.type === "inbound-rtp") {
      reading.received += stat.packetsReceived ?? 0;
      reading.lost += Math.max(0, stat.packetsLost ?? 0);
      reading.frames += stat.framesDecoded ?? 0;
      if (stat.trackIdentifier) voices.set(stat.trackIdentifier, stat.audioLevel ?? 0);
    }
    if (stat.type === "remote-inbound-rtp") reading.lostThere = Math.max(reading.lostThere, stat.fractionLost ?? 0);
    if (stat.type === "candidate-pair" && stat.nominated && stat.state === "succeeded")
      reading.delay = Math.max(reading.delay, stat.currentRoundTripTime ?? 0);
  }
  return reading;
}

/** `pictures`: whether the other's camera or screen is on, so that pictures are to come. */
export function judge(before: Reading, now: Reading, pictures: boolean): Quality {
  const [received, lost] = [now.received - before.received, Math.max(0, now.lost - before.lost)];
  const share = received + lost > 0 ? lost / (received + lost) : 0;
  if (Math.max(share, now.lostThere) > MUCH_LOST) return "loss";
  if (now.delay > LONG_WAY) return "delay";
  return pictures && before.frames > 0 && now.frames <= before.frames ? "frames" : "good";
}
