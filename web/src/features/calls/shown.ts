// What of the others is shown, and what of that stands large.
import { computed } from "@preact/signals";
import type { Call, Seat } from "../../api/protocol";
import { state } from "../../realtime/store";
import { callById, place } from "./calls";
import { remotes, speaking } from "./remotes";

export interface Shown {
  readonly key: string;
  readonly seat: Seat;
  readonly use: "camera" | "screen";
}

/** Everybody else in the call, each with their picture, and with their screen where they show it. */
export const shownIn = (call: Call, me: string | undefined): readonly Shown[] =>
  call.seats
    .filter((seat) => seat.person !== me && seat.state !== "waiting")
    .flatMap((seat) => [
      ...(seat.screen ? [{ key: `${seat.person}-screen`, seat, use: "screen" as const }] : []),
      { key: seat.person, seat, use: "camera" as const },
    ]);

/** What stands large: a screen that is shown, else who speaks or spoke last, else who came first. */
export const largeOf = (all: readonly Shown[], device: string | null): Shown | undefined =>
  all.find(({ use }) => use === "screen") ?? all.find(({ seat }) => seat.device === device) ?? all[0];

/** The picture that stands large now, if there is one. */
export const largeTrack = computed<MediaStreamTrack | undefined>(() => {
  const call = callById(place.value?.call);
  const large = call && largeOf(shownIn(call, state.value.me?.id), speaking.value);
  return large?.seat[large.use] ? remotes.value.get(large.seat.device ?? "")?.[large.use] : undefined;
});
