// The connection with one other device: one RTCPeerConnection with a line for each use (microphone, camera, screen), in
// both directions, agreed on once. What is turned on or off after that is put in or taken out of its line and needs no
// new agreement. Its laws:
// 1. Everything about the connection happens one after the other, in the order in which it came.
// 2. Perfect negotiation (WebRTC 1.0, 10.7): when both offer at once the polite one, with the lower id, gives way.
// 3. Another session of the other device (its page was loaded anew) is another connection: ours starts anew as well.
// 4. A connection that works is kept. One that does not is offered again, with the candidates of the network of now.
import type { TrackUse } from "../../../api/protocol";
import { kindOf, refresh, sessionOf, USES, type After, type Link, type Told, type Tracks, type Uses } from "./kinds";
import { limit } from "./limits";

export interface Around {
  readonly make: () => RTCPeerConnection;
  readonly say: (told: Told) => void;
  readonly after: After;
  /** Relays that are good for a while, for a connection that is made again. */
  readonly relays: () => Promise<RTCConfiguration>;
}

export interface Listener {
  readonly tracks: (tracks: Tracks) => void;
  readonly link: (link: Link) => void;
}

const DISCONNECTED_FOR = 2_000;
const CONNECTED_WITHIN = 8_000;
/** The polite one waits longer, so that they seldom offer at the same time. */
const PATIENCE = 1.75;

export class Peer {
  #pc: RTCPeerConnection;
  #lines = new Map<TrackUse, RTCRtpTransceiver>();
  #theirs: Uses = {};
  #session = "";
  #closed = false;
  #cancel = () => {};
  #doing: Promise<void> = Promise.resolve();
  readonly #own: Partial<Record<TrackUse, MediaStreamTrack>>;

  constructor(
    private readonly polite: boolean,
    own: Tracks,
    private readonly around: Around,
    private readonly listener: Listener,
  ) {
    this.#own = { ...own };
    this.#pc = this.#make();
    this.#watch(CONNECTED_WITHIN);
  }

  get connection(): RTCPeerConnection {
    return this.#pc;
  }

  get connected(): boolean {
    return this.#pc.connectionState === "connected";
  }

  /** Offers a connection, or what is offered already once more. */
  offer(): void {
    this.#do(async () => {
      if (this.#pc.signalingState === "have-local-offer") return this.#tell();
      if (this.#lines.size === 0) this.#prepare();
      await this.#pc.setLocalDescription();
      this.#tell();
    });
  }

  /** The network changed or the connection broke: over other ways, from here on. */
  restart(): void {
    if (this.#session === "") return this.offer();
    this.#do(async () => {
      const relays = await this.around.relays();
      if (this.#pc.signalingState === "have-local-offer") return this.#tell();
      refresh(this.#pc, relays);
      this.#pc.restartIce();
      await this.#pc.setLocalDescription();
      this.#tell();
    });
    this.#watch(CONNECTED_WITHIN);
  }

  heard(told: Told): void {
    const { description, candidate, tracks = {} } = told;
    if (description?.type === "offer") this.#do(() => this.#offered(description, tracks));
    else if (description?.type === "answer") this.#do(() => this.#answered(description, tracks));
    else if (candidate !== undefined) this.#do(() => this.#candidate(candidate));
  }

  setTrack(use: TrackUse, track: MediaStreamTrack | null): void {
    if (track) this.#own[use] = track;
    else delete this.#own[use];
    this.#do(async () => this.#lines.get(use)?.sender.replaceTrack(this.#own[use] ?? null));
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
    this.#end(this.#pc);
  }

  #do(what: () => Promise<unknown>): void {
    this.#doing = this.#doing.then(async () => {
      if (this.#closed) return;
      // What fails here failed between two connections that were about to be replaced; the watch offers again.
      await what().catch(() => {});
    });
  }

  #make(): RTCPeerConnection {
    const pc = this.around.make();
    pc.onicecandidate = ({ candidate }) => candidate && this.around.say({ candidate: candidate.toJSON() });
    pc.onconnectionstatechange = () => this.#changed(pc);
    return pc;
  }

  #end(pc: RTCPeerConnection): void {
    pc.onicecandidate = pc.onconnectionstatechange = null;
    pc.close();
  }

  /** Law 3. */
  #renew(): void {
    this.#end(this.#pc);
    this.#pc = this.#make();
    this.#lines = new Map();
    this.#session = "";
    this.#watch(CONNECTED_WITHIN);
  }

  #prepare(): void {
    for (const use of USES) {
      const line = this.#pc.addTransceiver(this.#own[use] ?? kindOf(use), { direction: "sendrecv" });
      this.#lines.set(use, line);
    }
  }

  async #offered(description: RTCSessionDescriptionInit, tracks: Uses): Promise<void> {
    const session = sessionOf(description.sdp);
    if (this.#pc.signalingState !== "stable" && !this.polite) return;
    // Lines that were offered in vain are not those of the other's offer: only a new connection takes theirs.
    if ((this.#session !== "" && this.#session !== session) || (this.#session === "" && this.#lines.size > 0)) this.#renew();
    await this.#pc.setRemoteDescription(description);
    this.#session = session;
    await this.#take(tracks);
    await this.#pc.setLocalDescription();
    this.#tell();
    await this.#agreed();
  }

  async #answered(description: RTCSessionDescriptionInit, tracks: Uses): Promise<void> {
    if (this.#pc.signalingState !== "have-local-offer") return;
    const session = sessionOf(description.sdp);
    if (this.#session !== "" && this.#session !== session) {
      this.#renew();
      this.offer();
      return;
    }
    await this.#pc.setRemoteDescription(description);
    this.#session = session;
    this.#theirs = tracks;
    await this.#agreed();
  }

  async #candidate(candidate: RTCIceCandidateInit | null): Promise<void> {
    if (!candidate || !this.#pc.remoteDescription) return;
    await this.#pc.addIceCandidate(candidate);
  }

  /** Of the lines that the other offers each becomes one of ours, by what they say it is. */
  async #take(tracks: Uses): Promise<void> {
    this.#theirs = tracks;
    for (const line of this.#pc.getTransceivers()) {
      const use = line.mid === null ? undefined : tracks[line.mid];
      if (!use) continue;
      this.#lines.set(use, line);
      line.direction = "sendrecv";
      await line.sender.replaceTrack(this.#own[use] ?? null);
    }
  }

  async #agreed(): Promise<void> {
    const lines = this.#pc.getTransceivers();
    const heard = lines.flatMap(({ mid, receiver }) => {
      const use = mid === null ? undefined : this.#theirs[mid];
      return use ? [[use, receiver.track] as const] : [];
    });
    this.listener.tracks(Object.fromEntries(heard));
    for (const [use, line] of this.#lines) await limit(line.sender, use);
  }

  #tell(): void {
    const { localDescription } = this.#pc;
    if (!localDescription) return;
    const tracks = [...this.#lines].flatMap(([use, { mid }]) => (mid === null ? [] : [[mid, use] as const]));
    const description = { type: localDescription.type, sdp: localDescription.sdp };
    this.around.say({ description, tracks: Object.fromEntries(tracks) });
  }

  #changed(pc: RTCPeerConnection): void {
    if (pc !== this.#pc) return;
    const now = pc.connectionState;
    if (now === "connected") {
      this.#cancel();
      this.listener.link("connected");
    } else if (now === "disconnected") this.#watch(DISCONNECTED_FOR);
    else if (now === "failed") this.#broken();
  }

  #watch(ms: number): void {
    this.#cancel();
    this.#cancel = this.around.after(this.polite ? ms * PATIENCE : ms, () => this.#broken());
  }

  /** Law 4. */
  #broken(): void {
    if (this.#closed || this.connected) return;
    this.listener.link("broken");
    this.#watch(CONNECTED_WITHIN);
    this.restart();
  }
}
