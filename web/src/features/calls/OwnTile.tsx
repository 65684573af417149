// Oneself, small: what the others see, as in a mirror.
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { Avatar } from "../../ui/Avatar";
import { ownTracks, standOf } from "./own-media";
import { Without } from "./Tile";
import { Video } from "./Video";

export function OwnTile({ look }: { look: string }) {
  const { camera } = ownTracks.value;
  const { me } = state.value;
  return (
    <li class={`tile own ${look}`}>
      {camera ? <Video track={camera} label={t("calls.ownPicture")} mirrored use="own" /> : <Avatar name={me ? nameOf(me) : ""} />}
      <p class="tile-words">
        <span>{t("calls.you")}</span>
        <Without microphone={standOf("microphone") !== "off"} camera={standOf("camera") !== "off"} />
      </p>
    </li>
  );
}

export function OwnScreen({ look }: { look: string }) {
  const { screen } = ownTracks.value;
  if (!screen) return null;
  return (
    <li class={`tile ${look}`}>
      <Video track={screen} label={t("calls.ownScreen")} whole use="own-screen" />
      <p class="tile-words">
        <span>{t("calls.ownScreen")}</span>
      </p>
    </li>
  );
}
