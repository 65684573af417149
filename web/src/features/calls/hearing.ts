// Plays what the others say, from the speaker that the person chose. The elements stand in no page, so that a call is heard
// wherever in the app one is. A browser that plays nothing before the person did something is asked again after that.
import { effect, signal } from "@preact/signals";
import { chosenDevices } from "../../platform/call-devices";
import { remotes } from "./remotes";

/** The browser holds the sound back until the person does something. */
export const isHeldBack = signal(false);

const players = new Map<string, HTMLAudioElement>();

type Routed = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

export const canChooseSpeaker = (): boolean => "setSinkId" in HTMLAudioElement.prototype;

/** Gives how to stop. */
export function hear(): () => void {
  const stops = effect(() => {
    for (const [device, player] of players) if (!remotes.value.get(device)?.microphone) silence(device, player);
    for (const [device, { microphone }] of remotes.value) if (microphone) play(device, microphone);
    for (const player of players.values()) route(player);
  });
  return () => {
    stops();
    players.forEach((player, device) => silence(device, player));
    isHeldBack.value = false;
  };
}

function silence(device: string, player: HTMLAudioElement): void {
  player.srcObject = null;
  players.delete(device);
}

function play(device: string, track: MediaStreamTrack): void {
  const player = players.get(device) ?? new Audio();
  players.set(device, player);
  const now = player.srcObject as MediaStream | null;
  if (now?.getAudioTracks()[0] === track) return;
  player.srcObject = new MediaStream([track]);
  void sound(player);
}

const sound = (player: HTMLAudioElement) =>
  player.play().catch((cause: Error) => {
    if (cause.name === "NotAllowedError") isHeldBack.value = true;
  });

function route(player: Routed): void {
  const { speaker } = chosenDevices.value;
  void player.setSinkId?.(speaker).catch(() => {});
}

/** After the person did something. */
export function letSound(): void {
  isHeldBack.value = false;
  players.forEach((player) => void sound(player));
}
