// Before a call: oneself as the others will see it, whether one is heard, which devices, and on or off at the start. Also
// without camera and microphone one can take part.
import { useEffect, useRef } from "preact/hooks";
import type { Call } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { Icon } from "../../ui/Icon";
import { hangUp, nameInCall, own, ownSeat, place } from "./calls";
import { Toggle } from "./Controls";
import { DeviceFields } from "./DeviceFields";
import { HowItGoes } from "./HowItGoes";
import { opening, ownTracks, turnCamera, turnMicrophone } from "./own-media";
import { join, LINE, refusal } from "./room";
import { useShortcuts } from "./shortcuts";
import { Troubles } from "./Troubles";
import { Video } from "./Video";

interface Props {
  readonly title: string;
  readonly call: Call | undefined;
  readonly organisation: string | undefined;
}

export function Lobby({ title, call, organisation }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const joining = place.value?.phase === "joining";
  const elsewhere = ownSeat(call)?.state === "in";
  return (
    <div class="lobby">
      <h2 id="call-title" tabIndex={-1} ref={heading}>
        {title ? t("calls.with", { title }) : t("calls.title")}
      </h2>
      <WhoIsThere call={call} />
      <div class="lobby-parts">
        <Preview />
        <DeviceFields />
      </div>
      <Troubles />
      {elsewhere && <p>{t("calls.elsewhere")}</p>}
      {refusal.value !== null && (
        <p class="form-error" role="alert">
          <Icon name="warning" size={22} />
          {refusal.value === LINE ? t("calls.noAnswer") : refusal.value}
        </p>
      )}
      <div class="actions lobby-actions">
        <button type="button" class="button primary" aria-disabled={joining} onClick={() => !joining && void join()}>
          <Icon name="video" size={20} />
          {t(joining ? "calls.joining" : call ? "calls.join" : "calls.startNow")}
        </button>
        <button type="button" class="button" onClick={hangUp}>
          {t("dialog.cancel")}
        </button>
      </div>
      <HowItGoes call={call} organisation={organisation} />
    </div>
  );
}

function WhoIsThere({ call }: { call: Call | undefined }) {
  const me = state.value.me?.id;
  const there = call?.seats.filter((seat) => seat.state !== "waiting" && seat.person !== me) ?? [];
  if (!call || there.length === 0) return null;
  return <p>{t("calls.inIt", { names: there.map(({ person }) => nameInCall(call, person)).join(", ") })}</p>;
}

export function Preview() {
  const { camera, microphone } = ownTracks.value;
  const hears = microphone !== undefined && own.value.microphone;
  useShortcuts(null);
  return (
    <div class="preview">
      <div class="preview-picture">
        {camera ? <Video track={camera} label={t("calls.ownPicture")} mirrored use="own" /> : <p role="status">{t(opening.value ? "calls.asking" : "calls.cameraIsOff")}</p>}
      </div>
      <div class="preview-deeds">
        <Toggle icon={hears ? "microphone" : "microphone-off"} label="calls.microphone" on={hears} keys="Alt+M" run={() => void turnMicrophone(!hears)} marked />
        <Toggle icon={camera ? "video" : "video-off"} label="calls.camera" on={camera !== undefined} keys="Alt+C" run={() => void turnCamera(!camera)} marked />
      </div>
    </div>
  );
}
