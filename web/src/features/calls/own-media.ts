// What this person lets others see and hear: their camera, microphone and screen, from the test of devices to the end of the
// call. A device that is taken out while it is used is told as a problem, and the call goes on without it. Opening one may
// take as long as the person thinks about the browser's question: what comes after they thought better of it, or left, is
// closed at once.
import { batch, signal } from "@preact/signals";
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

type Use = "microphone" | "camera";

/** What is about to be on: the browser asks the person, or opens the device. */
export const coming = signal<Readonly<Record<Use, boolean>>>({ microphone: false, camera: false });

let session = 0;
/** By use the newest opening; what an earlier one brings is wanted no more. */
const turns: Record<Use, number> = { microphone: 0, camera: 0 };
let wishesBlur = false;

const look = async () => void (known.value = await devices());

/** Opens what the person wants on, as they chose it. */
export async function openOwn(): Promise<void> {
  navigator.mediaDevices?.addEventListener("devicechange", look);
  const wanted = (use: Use) => own.peek()[use] && !ownTracks.peek()[use];
  const mine = session;
  const second = wanted("microphone") ? begin("microphone") : null;
  // One after the other: a browser that asks for permission asks for one thing at a time.
  if (wanted("camera")) await start("camera");
  if (second !== null && second === turns.microphone) await start("microphone");
  if (mine === session) await look();
}

export function closeOwn(): void {
  session += 1;
  cancel("microphone");
  cancel("camera");
  navigator.mediaDevices?.removeEventListener("devicechange", look);
  Object.values(ownTracks.peek()).forEach(stop);
  ownTracks.value = {};
  problems.value = {};
  blurred.value = null;
}

function begin(use: Use): number {
  coming.value = { ...coming.peek(), [use]: true };
  turns[use] += 1;
  return turns[use];
}

function cancel(use: Use): void {
  turns[use] += 1;
  coming.value = { ...coming.peek(), [use]: false };
}

async function start(use: Use): Promise<void> {
  const mine = begin(use);
  const opened = await open(use, chosenDevices.peek()[use]);
  if (mine !== turns[use]) return drop(opened);
  batch(() => {
    coming.value = { ...coming.peek(), [use]: false };
    take(use, opened);
  });
}

const drop = (opened: Opened): void => void ("track" in opened && stop(opened.track));

function take(use: TrackUse, opened: Opened): void {
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
  if (use === "screen") return;
  cancel(use);
  own.value = { ...own.peek(), [use]: false };
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
  else cancel("microphone");
}

export async function turnCamera(on: boolean): Promise<void> {
  if (!on) return letGo("camera");
  own.value = { ...own.peek(), camera: true };
  await start("camera");
}

/** Whether it is on, off, or about to be on. */
export const standOf = (use: Use): "on" | "off" | "coming" => {
  const isOn = ownTracks.value[use] !== undefined && own.value[use];
  return isOn ? "on" : coming.value[use] ? "coming" : "off";
};

/** On what is off, and off what is on or about to be. */
export function toggle(use: Use): void {
  const on = standOf(use) === "off";
  void (use === "camera" ? turnCamera(on) : turnMicrophone(on));
}

export async function share(on: boolean): Promise<void> {
  if (!on) return letGo("screen");
  const mine = session;
  const opened = await openScreen();
  if (opened && mine === session) take("screen", opened);
  else if (opened) drop(opened);
}

/** The other device is used at once, where one of its kind is on. */
export async function choose(use: DeviceUse, id: string): Promise<void> {
  chooseDevice(use, id);
  if (use !== "speaker" && own.peek()[use]) await start(use);
}

/** Tries again what was not to be had. */
export const tryAgain = (use: Use): Promise<void> => (use === "camera" ? turnCamera(true) : turnMicrophone(true));

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
