// The call that this page is in: it follows `place`, asks the server in, and keeps the engine in step with who is there. Its
// laws:
// 1. A device that was in is in again after each `welcome`.
// 2. Connections are of one call: the next begins with none, and is shown no screen unasked.
// 3. Out of the call everything is let go: camera, microphone, connections.
import { effect } from "@preact/signals";
import type { ServerFrame } from "../../api/protocol";
import { frameListeners } from "../../realtime/store";
import { keepAwake } from "./awake";
import { callById, own, place } from "./calls";
import { hear } from "./hearing";
import { admitted, join, refusal, sayTracks } from "./joining";
import { closeMedia, connections, follow, hearMedia, restart, send } from "./media";
import { closeOwn, openOwn, ownTracks, share } from "./own-media";
import { closePicture } from "./picture-in-picture";
import { forgetTyped, heardTyped } from "./typed";
import { watchQuality } from "./watching";

let stops: (() => void)[] = [];

function heard(frame: ServerFrame): void {
  const now = place.peek();
  if (!now?.call) return;
  if (frame.type === "welcome" && now.phase !== "lobby" && callById(now.call)) return void join();
  if (!("call" in frame) || frame.call !== now.call) return;
  if (frame.type === "call_admitted") admitted(frame);
  else if (frame.type === "call_type") heardTyped(frame.person, frame.line, frame.text);
  else if (now.phase === "in") hearMedia(frame);
}

/** Law 2. */
function keepToOneCall(): () => void {
  let of: string | null = null;
  return effect(() => {
    const call = place.value?.call ?? null;
    if (of !== null && of !== call) {
      closeMedia();
      forgetTyped();
      void share(false);
      send(ownTracks.peek());
    }
    of = call;
  });
}

/** From the test of devices on, until `leaveRoom`. */
export function enterRoom(): void {
  const network = (navigator as Navigator & { connection?: EventTarget }).connection;
  frameListeners.add(heard);
  addEventListener("online", restart);
  network?.addEventListener("change", restart);
  stops = [
    () => frameListeners.delete(heard),
    () => removeEventListener("online", restart),
    () => network?.removeEventListener("change", restart),
    keepToOneCall(),
    effect(() => {
      send(ownTracks.value);
      void own.value;
      sayTracks();
    }),
    effect(() => {
      const call = callById(place.value?.call);
      if (call && place.value?.phase === "in") follow(call);
    }),
    hear(),
    watchQuality(connections),
    keepAwake(),
  ];
  void openOwn().then(() => {
    if (place.peek()?.phase === "joining") void join();
  });
}

/** Law 3. */
export function leaveRoom(): void {
  stops.forEach((stop) => stop());
  stops = [];
  closeMedia();
  closeOwn();
  void closePicture();
  forgetTyped();
  refusal.value = null;
}
