// Reads every two seconds how well each connection goes and who speaks, and tells it once it has been so twice: what
// changes for a moment is no news.
import type { Call } from "../../api/protocol";
import { callById, place } from "./calls";
import { judge, read, type Quality, type Reading } from "./engine/quality";
import { qualities, remotes, speaking } from "./remotes";

const EVERY = 2_000;
const LOUD = 0.02;

interface Connections {
  readonly mesh: readonly (readonly [string, RTCPeerConnection])[];
  readonly sfu: readonly RTCPeerConnection[];
}

/** Gives how to stop. */
export function watchQuality(connections: () => Connections): () => void {
  const before = new Map<string, Reading>();
  const last = new Map<string, Quality>();

  async function look(): Promise<void> {
    const { mesh, sfu } = connections();
    const call = callById(place.peek()?.call);
    const all = [...mesh.map(([device, pc]) => [device, [pc]] as const), ...(sfu.length > 0 ? [["", sfu] as const] : [])];
    const told = new Map<string, Quality>();
    const voices = new Map<string, number>();
    for (const [device, pcs] of all) {
      const reading = read((await Promise.all(pcs.map((pc) => pc.getStats()))).flatMap((report) => [...report.values()]));
      reading.voices.forEach((level, track) => voices.set(track, level));
      const known = before.get(device);
      before.set(device, reading);
      if (!known) continue;
      const now = judge(known, reading, device !== "" && shows(call, device));
      told.set(device, last.get(device) === now ? now : (qualities.peek().get(device) ?? "good"));
      last.set(device, now);
    }
    qualities.value = told;
    speaking.value = loudest(voices) ?? speaking.peek();
  }

  const timer = setInterval(() => void look().catch(() => {}), EVERY);
  return () => clearInterval(timer);
}

const shows = (call: Call | undefined, device: string): boolean =>
  call?.seats.some((seat) => seat.device === device && seat.state === "in" && Boolean(seat.camera || seat.screen)) ?? false;

function loudest(voices: ReadonlyMap<string, number>): string | null {
  let [who, most]: [string | null, number] = [null, LOUD];
  for (const [device, { microphone }] of remotes.peek()) {
    const level = microphone ? (voices.get(microphone.id) ?? 0) : 0;
    if (level > most) [who, most] = [device, level];
  }
  return who;
}
