// Soft sounds of one or two tones, made by the browser. One that may not make a sound yet makes none.

const TONES = { ring: [587.3, 784], knock: [659.3], test: [523.3, 659.3, 784] } as const;
const GAP = 0.28;
const LENGTH = 0.9;
const LOUD = 0.12;

let shared: AudioContext | null = null;

/** `speaker` is the browser's id of where it is heard; empty for the usual place. */
export function chime(which: keyof typeof TONES, speaker = ""): void {
  try {
    shared ??= new AudioContext();
    const context: AudioContext & { setSinkId?: (id: string) => Promise<void> } = shared;
    void context.setSinkId?.(speaker).catch(() => {});
    void context.resume();
    TONES[which].forEach((pitch, i) => tone(context, pitch, context.currentTime + i * GAP));
  } catch {
    return;
  }
}

function tone(context: AudioContext, pitch: number, at: number): void {
  const [wave, loudness] = [context.createOscillator(), context.createGain()];
  wave.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(LOUD, at + 0.04);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + LENGTH);
  wave.connect(loudness).connect(context.destination);
  wave.start(at);
  wave.stop(at + LENGTH);
}
