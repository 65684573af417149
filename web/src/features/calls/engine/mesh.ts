// From device to device: a connection with every other device in the call. Who comes offers; who is there already waits for
// that, and offers itself when nothing comes. Devices whose line is gone for a moment keep their connection.
import type { TrackUse } from "../../../api/protocol";
import type { After, Link, Told, Tracks } from "./kinds";
import { Peer } from "./peer";

export interface World {
  readonly make: () => RTCPeerConnection;
  readonly say: (to: string, told: Told) => void;
  readonly after: After;
  readonly relays: () => Promise<RTCConfiguration>;
}

export interface Watcher {
  readonly tracks: (device: string, tracks: Tracks) => void;
  readonly link: (device: string, link: Link) => void;
  readonly gone: (device: string) => void;
}

export class Mesh {
  readonly #peers = new Map<string, Peer>();
  readonly #own: Partial<Record<TrackUse, MediaStreamTrack>>;

  constructor(
    private readonly device: string,
    own: Tracks,
    private readonly world: World,
    private readonly watcher: Watcher,
  ) {
    this.#own = { ...own };
  }

  /** These other devices are in the call. `arriving`: this one came just now, or came back. */
  follow(devices: readonly string[], arriving: boolean): void {
    for (const [device, peer] of this.#peers) {
      if (devices.includes(device)) continue;
      peer.close();
      this.#peers.delete(device);
      this.watcher.gone(device);
    }
    for (const device of devices) {
      const known = this.#peers.get(device);
      const peer = known ?? this.#peer(device);
      if (arriving && !known) peer.offer();
      else if (arriving && !peer.connected) peer.restart();
    }
  }

  heard(from: string, told: Told): void {
    (this.#peers.get(from) ?? this.#peer(from)).heard(told);
  }

  setTrack(use: TrackUse, track: MediaStreamTrack | null): void {
    if (track) this.#own[use] = track;
    else delete this.#own[use];
    this.#peers.forEach((peer) => peer.setTrack(use, track));
  }

  /** The network of this device is another. */
  restart(): void {
    this.#peers.forEach((peer) => peer.restart());
  }

  /** By device. */
  connections(): readonly (readonly [string, RTCPeerConnection])[] {
    return [...this.#peers].map(([device, peer]) => [device, peer.connection] as const);
  }

  close(): void {
    this.#peers.forEach((peer) => peer.close());
    this.#peers.clear();
  }

  #peer(device: string): Peer {
    const { make, say, after, relays } = this.world;
    const around = { make, after, relays, say: (told: Told) => say(device, told) };
    const peer = new Peer(this.device < device, this.#own, around, {
      tracks: (tracks) => this.watcher.tracks(device, tracks),
      link: (link) => this.watcher.link(device, link),
    });
    this.#peers.set(device, peer);
    this.watcher.link(device, "connecting");
    return peer;
  }
}
