import { expect, it } from "vitest";
import { judge, read, type Reading } from "./quality";

const reading = (over: Partial<Reading> = {}): Reading => ({ received: 0, lost: 0, delay: 0.05, frames: 0, lostThere: 0, voices: new Map(), ...over });

it("reads what counts out of all that the browser tells", () => {
  const now = read([
    { type: "inbound-rtp", kind: "video", packetsReceived: 90, packetsLost: 10, framesDecoded: 40 },
    { type: "inbound-rtp", kind: "audio", packetsReceived: 50, packetsLost: -1, audioLevel: 0.4, trackIdentifier: "voice" },
    { type: "remote-inbound-rtp", fractionLost: 0.02 },
    { type: "candidate-pair", nominated: true, state: "succeeded", currentRoundTripTime: 0.08 },
    { type: "candidate-pair", nominated: false, state: "failed", currentRoundTripTime: 9 },
  ]);
  expect(now).toEqual({ received: 140, lost: 10, delay: 0.08, frames: 40, lostThere: 0.02, voices: new Map([["voice", 0.4]]) });
});

it("tells a good connection from one that loses, is slow, or stands still", () => {
  const before = reading({ received: 100, frames: 50 });
  expect(judge(before, reading({ received: 200, frames: 80 }), true)).toBe("good");
  expect(judge(before, reading({ received: 190, lost: 10, frames: 80 }), true)).toBe("loss");
  expect(judge(before, reading({ received: 200, frames: 80, lostThere: 0.3 }), true)).toBe("loss");
  expect(judge(before, reading({ received: 200, frames: 80, delay: 0.9 }), true)).toBe("delay");
  expect(judge(before, reading({ received: 200, frames: 50 }), true)).toBe("frames");
  expect(judge(before, reading({ received: 200, frames: 50 }), false)).toBe("good");
});
