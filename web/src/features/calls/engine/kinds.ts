// The words that the engine's parts share. Nothing here knows a screen, a signal or the socket, so that tests can give
// them a world of their own.
import type { TrackUse } from "../../../api/protocol";

export const USES = ["microphone", "camera", "screen"] as const satisfies readonly TrackUse[];

export const kindOf = (use: TrackUse): "audio" | "video" => (use === "microphone" ? "audio" : "video");

/** What somebody sends, by what it is. */
export type Tracks = Partial<Readonly<Record<TrackUse, MediaStreamTrack>>>;

/** By `mid` of a session description, what each is. */
export type Uses = Readonly<Record<string, TrackUse>>;

/** `connecting` at first and after a break; `broken` when it has been so for a while. */
export type Link = "connecting" | "connected" | "broken";

export type After = (ms: number, run: () => void) => () => void;

/** What two devices tell each other. */
export interface Told {
  readonly description?: { readonly type: RTCSdpType; readonly sdp?: string };
  readonly candidate?: RTCIceCandidateInit | null;
  readonly tracks?: Uses;
}

/** Gives a connection other relays, in a browser that can do so. */
export function refresh(pc: RTCPeerConnection, configuration: RTCConfiguration): void {
  if ("setConfiguration" in pc) pc.setConfiguration(configuration);
}

/** RFC 8866, 5.2: the session id in the origin line stays the same as long as the connection is the same one. */
export const sessionOf = (sdp: string | undefined): string => /^o=\S+ (\S+)/m.exec(sdp ?? "")?.[1] ?? "";
