// How loud a microphone is, ten times a second, between 0 and 1.

const EVERY = 100;
const FULL = 0.25;

/** Gives how to stop. */
export function measure(track: MediaStreamTrack, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  const samples = new Float32Array(analyser.fftSize);
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  void context.resume();
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const loudness = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    tell(Math.min(1, loudness / FULL));
  }, EVERY);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
