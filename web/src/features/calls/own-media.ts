// What this person lets others see and hear: their camera, microphone and screen, from the test of devices to the end of the
// call. A device that is taken out while it is used is told as a problem, and the call goes on without it.
import { signal } from "@preact/signals";
import type { TrackUse } from "../../api/protocol";
import { chooseDevice, chosenDevices, type DeviceUse } from "../../platform/call-devices";
import { own } from "./calls";
import type { Tracks } from "./engine/kinds";
import { blur, canBlur, devices, open, openScreen, type Opened, type Problem } from "./engine/local";

export const ownTracks = signal<Tracks>({});
export const problems = signal<Partial<Readonly<Record<TrackUse, Problem>>>>({});
export const known = signal<Awaited<ReturnType<typeof devices>>>({ microphone: [], camera: [], speaker: [] });
/** Whether the browser blurs what is behind the person; null where it cannot. */
export const blurred = signal<boolean | null>(null);

/** The browser asks the person, or opens a device. */
export const opening = signal(false);

let session = 0;
let wishesBlur = false;

const look = async () => void (known.value = await devices());

/** Opens what the person wants on, as they chose it. */
export async function openOwn(): Promise<void> {
  navigator.mediaDevices?.addEventListener("devicechange", look);
  const { microphone, camera } = own.peek();
  // One after the other: a browser that asks for permission asks for one thing at a time.
  if (camera && !ownTracks.peek().camera) await start("camera");
  if (microphone && !ownTracks.peek().microphone) await start("microphone");
  await look();
}

export function closeOwn(): void {
  session += 1;
  navigator.mediaDevices?.removeEventListener("devicechange", look);
  Object.values(ownTracks.peek()).forEach(stop);
  ownTracks.value = {};
  problems.value = {};
  blurred.value = null;
}

async function start(use: "microphone" | "camera"): Promise<void> {
  const mine = session;
  opening.value = true;
  take(use, await open(use, chosenDevices.peek()[use]), mine);
  opening.value = false;
}

function take(use: TrackUse, opened: Opened, mine: number): void {
  if (mine !== session) return void ("track" in opened && stop(opened.track));
  const { [use]: _, ...others } = problems.peek();
  problems.value = "problem" in opened ? { ...others, [use]: opened.problem } : others;
  if ("problem" in opened) return letGo(use);
  const before = ownTracks.peek()[use];
  if (use === "microphone") opened.track.enabled = own.peek().microphone;
  opened.track.onended = () => taken(use, opened.track);
  ownTracks.value = { ...ownTracks.peek(), [use]: opened.track };
  if (before) stop(before);
  if (use === "camera") void keepBlur(opened.track);
}

function letGo(use: TrackUse): void {
  const { [use]: track, ...others } = ownTracks.peek();
  ownTracks.value = others;
  if (track) stop(track);
  if (use !== "screen") own.value = { ...own.peek(), [use]: false };
}

/** A screen is no longer shared by the browser's own button; a device was taken out. */
function taken(use: TrackUse, track: MediaStreamTrack): void {
  if (ownTracks.peek()[use] !== track) return;
  letGo(use);
  if (use !== "screen") problems.value = { ...problems.peek(), [use]: "none" };
}

function stop(track: MediaStreamTrack): void {
  track.onended = null;
  track.stop();
}

export async function turnMicrophone(on: boolean): Promise<void> {
  own.value = { ...own.peek(), microphone: on };
  const { microphone } = ownTracks.peek();
  if (microphone) microphone.enabled = on;
  else if (on) await start("microphone");
}

export async function turnCamera(on: boolean): Promise<void> {
  if (!on) return letGo("camera");
  own.value = { ...own.peek(), camera: true };
  await start("camera");
}

export async function share(on: boolean): Promise<void> {
  if (!on) return letGo("screen");
  const mine = session;
  const opened = await openScreen();
  if (opened) take("screen", opened, mine);
}

/** The other device is used at once, where one of its kind is on. */
export async function choose(use: DeviceUse, id: string): Promise<void> {
  chooseDevice(use, id);
  if (use !== "speaker" && own.peek()[use]) await start(use);
}

/** Tries again what was not to be had. */
export const tryAgain = (use: "microphone" | "camera"): Promise<void> => (use === "camera" ? turnCamera(true) : turnMicrophone(true));

async function keepBlur(track: MediaStreamTrack): Promise<void> {
  blurred.value = canBlur(track) ? wishesBlur : null;
  if (blurred.peek()) await setBlur(true);
}

export async function setBlur(on: boolean): Promise<void> {
  const { camera } = ownTracks.peek();
  if (!camera) return;
  wishesBlur = on;
  await blur(camera, on).then(() => (blurred.value = on), () => {});
}
