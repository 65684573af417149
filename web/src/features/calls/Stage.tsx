// Who is in the call: one large and the others small beside it (who speaks, or the screen that is shown), or all as large.
import { signal } from "@preact/signals";
import type { Call } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameInCall } from "./calls";
import { OwnScreen, OwnTile } from "./OwnTile";
import { ownTracks } from "./own-media";
import { remotes, speaking } from "./remotes";
import { largeOf, shownIn } from "./shown";
import { Tile } from "./Tile";

export const layout = signal<"speaker" | "grid">("speaker");

export function Stage({ call }: { call: Call }) {
  const me = state.value.me?.id;
  const all = shownIn(call, me);
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
