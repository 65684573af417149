// Who is in the call: one large and the others small beside it (who speaks, or the screen that is shown), or all as large.
import { signal } from "@preact/signals";
import type { Call, Seat } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameInCall } from "./calls";
import { OwnScreen, OwnTile } from "./OwnTile";
import { ownTracks } from "./own-media";
import { remotes, speaking } from "./remotes";
import { Tile } from "./Tile";

export const layout = signal<"speaker" | "grid">("speaker");

interface Shown {
  readonly key: string;
  readonly seat: Seat;
  readonly use: "camera" | "screen";
}

const shownOf = (seats: readonly Seat[]): readonly Shown[] =>
  seats.flatMap((seat) => [
    ...(seat.screen ? [{ key: `${seat.person}-screen`, seat, use: "screen" as const }] : []),
    { key: seat.person, seat, use: "camera" as const },
  ]);

/** What stands large: a screen that is shown, else who speaks or spoke last, else who came first. */
export const largeOf = (all: readonly Shown[], device: string | null): Shown | undefined =>
  all.find(({ use }) => use === "screen") ?? all.find(({ seat }) => seat.device === device) ?? all[0];

export function Stage({ call }: { call: Call }) {
  const me = state.value.me?.id;
  const all = shownOf(call.seats.filter((seat) => seat.person !== me && seat.state !== "waiting"));
  const grid = layout.value === "grid";
  const large = grid ? undefined : largeOf(all, speaking.value);
  const count = all.length + 1 + (ownTracks.value.screen ? 1 : 0);
  return (
    <div class={grid ? `stage grid of-${Math.min(count, 9)}` : count > 2 ? "stage with-small" : "stage"}>
      {all.length === 0 && <p class="stage-alone">{t("calls.alone")}</p>}
      <ul aria-label={t("calls.people")}>
        {all.map((one) => (
          <Tile
            key={one.key}
            seat={one.seat}
            name={nameInCall(call, one.seat.person)}
            tracks={remotes.value.get(one.seat.device ?? "")}
            use={one.use}
            look={grid ? "" : one === large ? "large" : "small"}
          />
        ))}
        <OwnScreen look={grid ? "" : "small"} />
        <OwnTile look={grid ? "" : "self"} />
      </ul>
    </div>
  );
}
