// How pictures and sound go: the engine's connections, and what they need of the socket. Its laws:
// 1. A connection that works is kept, also while the socket is gone.
// 2. From device to device to the SFU: what comes by the one is kept until the other brings it too.
import type { Call, IceServer, ServerFrame, TrackUse } from "../../api/protocol";
import { relayOnly } from "../../platform/call-devices";
import { device } from "../../platform/call-place";
import { askOfCall, sayNow } from "../../realtime/client";
import { callById, place } from "./calls";
import { USES, type Told, type Tracks } from "./engine/kinds";
import { Mesh } from "./engine/mesh";
import { Sfu } from "./engine/sfu";
import { forgetRemotes, fromMesh, fromSfu, links, withEntry } from "./remotes";

/** Relays are good for ten minutes; asked anew well before. */
const RELAYS_FOR = 8 * 60_000;
const BREAK_AFTER = 1_500;
const BREAK_AT_LAST = 15_000;

let servers: readonly IceServer[] = [];
let relaysAt = -Infinity;
let mesh: Mesh | null = null;
let sfu: Sfu | null = null;
let sent: Tracks = {};
let breaks = () => {};

const after = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

const configuration = (): RTCConfiguration => ({
  iceServers: servers.map(({ urls, username, credential }) => ({ urls, ...(username && { username, credential: credential ?? "" }) })),
  iceTransportPolicy: relayOnly.peek() ? "relay" : "all",
  bundlePolicy: "max-bundle",
});

const make = () => new RTCPeerConnection(configuration());

async function relays(): Promise<RTCConfiguration> {
  const call = place.peek()?.call;
  if (call && performance.now() - relaysAt > RELAYS_FOR) {
    const answer = await askOfCall((request) => ({ type: "ask_relay", request, call, device }));
    if (answer?.type === "relay") takeRelays(answer.servers);
  }
  return configuration();
}

export function takeRelays(fresh: readonly IceServer[] | undefined): void {
  servers = fresh ?? [];
  relaysAt = performance.now();
}

const others = (call: Call): string[] =>
  call.seats.flatMap((seat) => (seat.device && seat.device !== device && seat.state !== "waiting" ? [seat.device] : []));

/** This page is in the call now, or again. */
export function begin(call: Call): void {
  if (call.media === "sfu") {
    if (sfu) sfu.rejoined();
    else openSfu(call.id);
    mesh?.follow(others(call), true);
  } else openMesh(call.id).follow(others(call), true);
}

/** Somebody came or went, or pictures and sound go another way. */
export function follow(call: Call): void {
  if (call.media === "sfu" && !sfu) openSfu(call.id);
  if (mesh) mesh.follow(others(call), false);
  else if (call.media === "mesh") openMesh(call.id).follow(others(call), false);
  if (call.media === "sfu") breakMesh(BREAK_AFTER);
}

/** What others are to hear and see of this person from now on. */
export function send(now: Tracks): void {
  for (const use of USES) {
    if (now[use] === sent[use]) continue;
    mesh?.setTrack(use, now[use] ?? null);
    sfu?.setTrack(use, now[use] ?? null);
  }
  sent = now;
}

export function hearMedia(frame: ServerFrame): void {
  if (frame.type === "signal") heardSignal(frame.call, frame.device, frame.data);
  else if (frame.type === "sfu_published") sfu?.published(frame.sdp);
  else if (frame.type === "sfu_offer") sfu?.offered(frame.sdp, frame.streams);
  else if (frame.type === "sfu_lost") sfu?.lost();
}

function openMesh(call: string): Mesh {
  const say = (to: string, told: Told) => sayNow({ type: "signal", call, device, to, data: JSON.stringify(told) });
  mesh ??= new Mesh(device, sent, { make, after, relays, say }, {
    tracks: (from, tracks) => (fromMesh.value = withEntry(fromMesh.peek(), from, tracks)),
    link: (from, link) => (links.value = withEntry(links.peek(), from, link)),
    gone: (from) => {
      fromMesh.value = withEntry(fromMesh.peek(), from, undefined);
      links.value = withEntry(links.peek(), from, undefined);
    },
  });
  return mesh;
}

function openSfu(call: string): void {
  const world = {
    make,
    after,
    relays,
    publish: (sdp: string, tracks: Readonly<Record<string, TrackUse>>) => sayNow({ type: "sfu_publish", call, device, sdp, tracks }),
    subscribed: (sdp: string) => sayNow({ type: "sfu_subscribed", call, device, sdp }),
    candidate: (side: "publish" | "subscribe", candidate: string) => sayNow({ type: "sfu_candidate", call, device, side, candidate }),
    askOffer: () => sayNow({ type: "sfu_restart", call, device }),
  };
  sfu = new Sfu(sent, world, {
    tracks: (byDevice) => {
      fromSfu.value = byDevice;
      breakMesh(BREAK_AFTER);
    },
    link: (link) => (links.value = withEntry(links.peek(), "", link)),
  });
  if (mesh) breaks = after(BREAK_AT_LAST, closeMesh);
}

/** Law 2. */
function breakMesh(ms: number): void {
  const here = callById(place.peek()?.call);
  if (!mesh || !here || !others(here).every((one) => fromSfu.peek().has(one))) return;
  breaks();
  breaks = after(ms, closeMesh);
}

function closeMesh(): void {
  mesh?.close();
  mesh = null;
  fromMesh.value = new Map();
  links.value = new Map([...links.peek()].filter(([from]) => from === ""));
}

function heardSignal(call: string, from: string, data: string): void {
  const told = parse(data);
  const here = callById(call);
  if (told && here && (mesh || here.media === "mesh")) openMesh(call).heard(from, told);
}

function parse(data: string): Told | null {
  try {
    return JSON.parse(data) as Told;
  } catch {
    return null;
  }
}

/** The network is another: the connections go over it at once, and not only when they are found to be broken. */
export function restart(): void {
  if (!mesh && !sfu) return;
  void relays().then(() => {
    mesh?.restart();
    sfu?.restart();
  });
}

export const connections = () => ({ mesh: mesh?.connections() ?? [], sfu: sfu?.connections() ?? [] });

export function closeMedia(): void {
  breaks();
  mesh?.close();
  sfu?.close();
  mesh = sfu = null;
  sent = {};
  servers = [];
  relaysAt = -Infinity;
  forgetRemotes();
}
