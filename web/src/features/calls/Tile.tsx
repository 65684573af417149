// Somebody in the call: their picture, or who they are where there is none, with their name and what is the matter.
import type { Seat } from "../../api/protocol";
import { t, type Key } from "../../i18n/text";
import { Avatar } from "../../ui/Avatar";
import { Icon } from "../../ui/Icon";
import type { Tracks } from "./engine/kinds";
import { links, qualities, speaking } from "./remotes";
import { Video } from "./Video";

interface Props {
  readonly seat: Seat;
  readonly name: string;
  readonly tracks: Tracks | undefined;
  readonly use: "camera" | "screen";
  readonly look: string;
}

export function Tile({ seat, name, tracks, use, look }: Props) {
  const track = seat[use] ? tracks?.[use] : undefined;
  const label = t(use === "screen" ? "calls.screenOf" : "calls.pictureOf", { name });
  const speaks = seat.device !== undefined && speaking.value === seat.device && seat.microphone;
  return (
    <li class={`tile ${look}${speaks ? " speaks" : ""}`} data-person={seat.person}>
      {track ? <Video track={track} label={label} whole={use === "screen"} use={use} /> : <Avatar name={name} />}
      <p class="tile-words">
        <span>{use === "screen" ? label : name}</span>
        {use === "camera" && <Without microphone={seat.microphone ?? false} camera={seat.camera ?? false} />}
        <Matter seat={seat} />
      </p>
    </li>
  );
}

export function Without({ microphone, camera }: { microphone: boolean; camera: boolean }) {
  return (
    <>
      {!microphone && <Mark icon="microphone-off" words="calls.microphoneOff" />}
      {!camera && <Mark icon="video-off" words="calls.cameraOff" />}
    </>
  );
}

function Mark({ icon, words }: { icon: "microphone-off" | "video-off"; words: Key }) {
  return (
    <span class="tile-mark" title={t(words)}>
      <Icon name={icon} size={18} />
      <span class="only-read">{t(words)}</span>
    </span>
  );
}

function Matter({ seat }: { seat: Seat }) {
  const words = matterOf(seat);
  return words ? <span class="tile-matter">{t(words)}</span> : null;
}

function matterOf({ state, device = "" }: Seat): Key | null {
  const link = links.value.get(device ?? "");
  if (state === "away") return "calls.away";
  if (link === "connecting") return "calls.connecting";
  if (link === "broken") return "calls.connectingAgain";
  const quality = qualities.value.get(device ?? "");
  return quality && quality !== "good" ? "calls.weak" : null;
}
