// One's own camera, microphone and screen. What is turned off is let go, so that the lamp of the camera is out; the
// microphone alone stays open in a call, and is silent, so that one is heard at once again. Why something is not to be had
// is told as a problem, never in the browser's words.

export type Problem = "denied" | "system" | "none" | "busy" | "insecure" | "policy" | "failed";

type Use = "microphone" | "camera";

const CAMERA = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { max: 30 } } as const;
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true } as const;

interface Policies {
  readonly featurePolicy?: { readonly allowsFeature: (name: string) => boolean };
}

/** What keeps this page from any camera or microphone, whatever the person allows. */
function forbidden(use: Use): Problem | null {
  if (!isSecureContext || !navigator.mediaDevices) return "insecure";
  const policy = (document as Document & Policies).featurePolicy;
  return policy && !policy.allowsFeature(use) ? "policy" : null;
}

/** From the name of what the browser throws (Media Capture and Streams, 10.3). */
export function problemOf(cause: unknown): Problem {
  const { name = "", message = "" } = cause instanceof Error ? cause : {};
  if (name === "NotAllowedError") return /system/i.test(message) ? "system" : "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return name === "SecurityError" ? "policy" : "failed";
}

export type Opened = { readonly track: MediaStreamTrack } | { readonly problem: Problem };

/** Opens a camera or microphone: the one with this id when it is there, else another. */
export async function open(use: Use, id: string): Promise<Opened> {
  const problem = forbidden(use);
  if (problem) return { problem };
  const wanted = id ? { deviceId: { ideal: id } } : {};
  const constraints = use === "camera" ? { video: { ...CAMERA, ...wanted } } : { audio: { ...MICROPHONE, ...wanted } };
  try {
    const [track] = (await navigator.mediaDevices.getUserMedia(constraints)).getTracks();
    return track ? { track } : { problem: "none" };
  } catch (cause) {
    return { problem: problemOf(cause) };
  }
}

export const canShareScreen = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === "function";

/** Opens a screen or window that the person chooses; null when they choose none. */
export async function openScreen(): Promise<Opened | null> {
  try {
    const [track] = (await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } } })).getVideoTracks();
    if (track) track.contentHint = "detail";
    return track ? { track } : null;
  } catch (cause) {
    const problem = problemOf(cause);
    return problem === "denied" ? null : { problem };
  }
}

/** The cameras, microphones and speakers; without names until the person allowed one of them. */
export async function devices(): Promise<Readonly<Record<Use | "speaker", readonly MediaDeviceInfo[]>>> {
  const all = await (navigator.mediaDevices?.enumerateDevices() ?? Promise.resolve([])).catch(() => []);
  const of = (kind: MediaDeviceKind) => all.filter((one) => one.kind === kind && one.deviceId !== "");
  return { microphone: of("audioinput"), camera: of("videoinput"), speaker: of("audiooutput") };
}

type Blurring = MediaTrackCapabilities & { readonly backgroundBlur?: readonly boolean[] };

/** Whether the browser itself can blur what is behind the person. */
export const canBlur = (track: MediaStreamTrack | undefined): boolean => {
  const choices = (track?.getCapabilities?.() as Blurring | undefined)?.backgroundBlur ?? [];
  return choices.includes(true) && choices.includes(false);
};

export const blur = (track: MediaStreamTrack, on: boolean): Promise<void> =>
  track.applyConstraints({ backgroundBlur: on } as MediaTrackConstraints);
