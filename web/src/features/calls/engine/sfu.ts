// Through the SFU: one connection that sends what is one's own, one that brings what the others send. Its laws:
// 1. One offer of one's own is under way; what changes meanwhile is offered after its answer.
// 2. Each offer of the SFU replaces the one before, and is answered.
// 3. When the SFU knows this device no more, both connections start anew: what stands at its other end is gone. So it is when
//    a connection stays broken, and when no offer comes after the line to the server was gone.
import type { SfuStream, TrackUse } from "../../../api/protocol";
import { refresh, USES, type After, type Link, type Tracks, type Uses } from "./kinds";
import { limit } from "./limits";

export interface World {
  readonly make: () => RTCPeerConnection;
  readonly after: After;
  readonly relays: () => Promise<RTCConfiguration>;
  readonly publish: (sdp: string, tracks: Uses) => void;
  readonly subscribed: (sdp: string) => void;
  readonly candidate: (side: "publish" | "subscribe", candidate: string) => void;
  readonly askOffer: () => void;
}

export interface Watcher {
  readonly tracks: (byDevice: ReadonlyMap<string, Tracks>) => void;
  readonly link: (link: Link) => void;
}

const DISCONNECTED_FOR = 2_000;
const CONNECTED_WITHIN = 8_000;
const OFFERED_WITHIN = 4_000;

type Side = "publish" | "subscribe";

export class Sfu {
  readonly #own: Partial<Record<TrackUse, MediaStreamTrack>>;
  readonly #lines = new Map<TrackUse, RTCRtpTransceiver>();
  #sides: Record<Side, RTCPeerConnection>;
  #watches: Record<Side, () => void> = { publish: () => {}, subscribe: () => {} };
  #changed = false;
  #stopsDoubting = () => {};
  #closed = false;
  #doing: Promise<void> = Promise.resolve();

  constructor(
    own: Tracks,
    private readonly world: World,
    private readonly watcher: Watcher,
  ) {
    this.#own = { ...own };
    this.#sides = { publish: this.#make("publish"), subscribe: this.#make("subscribe") };
    this.#publish(false);
  }

  setTrack(use: TrackUse, track: MediaStreamTrack | null): void {
    const had = this.#own[use] !== undefined;
    if (track) this.#own[use] = track;
    else delete this.#own[use];
    this.#do(async () => this.#lines.get(use)?.sender.replaceTrack(track));
    // A camera that is off stays offered, so that it is on again at once; a screen comes and goes.
    if (had !== (track !== null) && (use === "screen" || !this.#lines.has(use))) this.#publish(false);
  }

  published(sdp: string): void {
    this.#do(async () => {
      const pc = this.#sides.publish;
      if (pc.signalingState !== "have-local-offer") return;
      await pc.setRemoteDescription({ type: "answer", sdp });
      for (const [use, { sender }] of this.#lines) await limit(sender, use);
      if (this.#changed) this.#publish(false);
    });
  }

  /** Law 2. */
  offered(sdp: string, streams: readonly SfuStream[]): void {
    this.#stopsDoubting();
    this.#do(async () => {
      const pc = this.#sides.subscribe;
      await pc.setRemoteDescription({ type: "offer", sdp });
      await pc.setLocalDescription();
      this.world.subscribed(pc.localDescription?.sdp ?? "");
      this.#tellTracks(pc, streams);
    });
  }

  /** Law 3. */
  lost(): void {
    this.#do(async () => {
      this.#lines.clear();
      this.#end();
      this.#sides = { publish: this.#make("publish"), subscribe: this.#make("subscribe") };
      this.#publish(false);
    });
  }

  /** The line to the server is back: what it offered in between is lost, or it was started anew and knows nothing. */
  rejoined(): void {
    this.world.askOffer();
    this.#stopsDoubting();
    this.#stopsDoubting = this.world.after(OFFERED_WITHIN, () => this.lost());
  }

  /** The network of this device is another. */
  restart(): void {
    this.#publish(true);
    this.world.askOffer();
  }

  connections(): readonly RTCPeerConnection[] {
    return [this.#sides.publish, this.#sides.subscribe];
  }

  close(): void {
    this.#closed = true;
    this.#end();
  }

  /** Law 1. `anew`: over other ways. */
  #publish(anew: boolean): void {
    this.#do(async () => {
      const pc = this.#sides.publish;
      const waits = pc.signalingState === "have-local-offer";
      this.#changed = waits;
      if (!waits) {
        if (anew) {
          refresh(pc, await this.world.relays());
          pc.restartIce();
        }
        this.#prepare(pc);
        await pc.setLocalDescription();
      } else if (!anew) return;
      this.world.publish(pc.localDescription?.sdp ?? "", this.#uses());
    });
  }

  #prepare(pc: RTCPeerConnection): void {
    for (const use of USES) {
      const [line, track] = [this.#lines.get(use), this.#own[use]];
      if (line) line.direction = track || use !== "screen" ? "sendonly" : "inactive";
      else if (track) this.#lines.set(use, pc.addTransceiver(track, { direction: "sendonly" }));
    }
    if (this.#lines.size === 0) this.#lines.set("microphone", pc.addTransceiver("audio", { direction: "sendonly" }));
  }

  #uses(): Uses {
    const sent = [...this.#lines].filter(([, line]) => line.direction === "sendonly");
    return Object.fromEntries(sent.flatMap(([use, { mid }]) => (mid === null ? [] : [[mid, use] as const])));
  }

  #tellTracks(pc: RTCPeerConnection, streams: readonly SfuStream[]): void {
    const byDevice = new Map<string, Partial<Record<TrackUse, MediaStreamTrack>>>();
    for (const { mid, device, use } of streams) {
      const track = pc.getTransceivers().find((line) => line.mid === mid)?.receiver.track;
      if (track) byDevice.set(device, { ...byDevice.get(device), [use]: track });
    }
    this.watcher.tracks(byDevice);
  }

  #make(side: Side): RTCPeerConnection {
    const pc = this.world.make();
    pc.onicecandidate = ({ candidate }) => this.world.candidate(side, candidate ? JSON.stringify(candidate) : "");
    pc.onconnectionstatechange = () => this.#heard(side, pc);
    return pc;
  }

  #heard(side: Side, pc: RTCPeerConnection): void {
    if (pc !== this.#sides[side]) return;
    this.#watches[side]();
    const now = pc.connectionState;
    if (now === "disconnected" || now === "failed") {
      this.#watches[side] = this.world.after(now === "failed" ? 0 : DISCONNECTED_FOR, () => this.#broken(side));
    }
    const { publish, subscribe } = this.#sides;
    const bad = [publish, subscribe].some(({ connectionState }) => connectionState === "disconnected" || connectionState === "failed");
    this.watcher.link(bad ? "broken" : publish.connectionState === "connected" ? "connected" : "connecting");
  }

  #broken(side: Side): void {
    if (this.#closed) return;
    if (side === "publish") this.#publish(true);
    else this.world.askOffer();
    this.#watches[side] = this.world.after(CONNECTED_WITHIN, () => {
      if (this.#sides[side].connectionState !== "connected") this.lost();
    });
  }

  #do(what: () => Promise<unknown>): void {
    this.#doing = this.#doing.then(async () => {
      if (this.#closed) return;
      // What fails here failed on a connection that is about to be replaced; the watch asks again.
      await what().catch(() => {});
    });
  }

  #end(): void {
    this.#stopsDoubting();
    for (const side of ["publish", "subscribe"] as const) {
      this.#watches[side]();
      const pc = this.#sides[side];
      pc.onicecandidate = pc.onconnectionstatechange = null;
      pc.close();
    }
  }
}
