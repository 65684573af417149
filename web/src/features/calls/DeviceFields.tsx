// The choice of camera, microphone and speaker, how loud the microphone is, and the way that pictures and sound go. What is
// chosen holds on this device from then on.
import { useEffect, useState } from "preact/hooks";
import { t, type Key } from "../../i18n/text";
import { chooseRelayOnly, chosenDevices, relayOnly, type DeviceUse } from "../../platform/call-devices";
import { SelectField } from "../../ui/SelectField";
import { own } from "./calls";
import { measure } from "./engine/meter";
import { canChooseSpeaker } from "./hearing";
import { restart } from "./media";
import { choose, known, ownTracks } from "./own-media";
import { chime } from "./sounds";

const LABELS: Readonly<Record<DeviceUse, Key>> = {
  camera: "calls.camera",
  microphone: "calls.microphone",
  speaker: "calls.speaker",
};

export function DeviceFields() {
  return (
    <div class="device-fields">
      <DeviceField use="camera" />
      <DeviceField use="microphone" />
      <Level />
      {canChooseSpeaker() && <DeviceField use="speaker" />}
      <button type="button" class="button small" onClick={() => chime("test", chosenDevices.peek().speaker)}>
        {t("calls.testSound")}
      </button>
      <label class="check">
        <input
          type="checkbox"
          checked={relayOnly.value}
          onChange={(event) => {
            chooseRelayOnly(event.currentTarget.checked);
            restart();
          }}
        />
        <span>
          {t("calls.relayOnly")}
          <span class="hint">{t("calls.relayOnlyHint")}</span>
        </span>
      </label>
    </div>
  );
}

function DeviceField({ use }: { use: DeviceUse }) {
  const all = known.value[use];
  const chosen = chosenDevices.value[use] || inUse(use);
  const options = all.map(({ deviceId, label }, i) => ({ value: deviceId, label: label || t("calls.numbered", { what: t(LABELS[use]), number: i + 1 }) }));
  const value = options.some((one) => one.value === chosen) ? chosen : (options[0]?.value ?? "");
  const none = [{ value: "", label: t("calls.noneKnown") }];
  return <SelectField label={t(LABELS[use])} value={value} options={options.length > 0 ? options : none} onChange={(id) => void choose(use, id)} />;
}

const inUse = (use: DeviceUse): string => (use === "speaker" ? "" : (ownTracks.value[use]?.getSettings().deviceId ?? ""));

function Level() {
  const [level, setLevel] = useState(0);
  const { microphone } = ownTracks.value;
  useEffect(() => {
    setLevel(0);
    return microphone ? measure(microphone, setLevel) : undefined;
  }, [microphone]);
  const on = microphone !== undefined && own.value.microphone;
  return (
    <div class="level">
      <span class="level-words">{t(on ? "calls.levelHint" : "calls.microphoneIsOff")}</span>
      <meter class="level-meter" min={0} max={1} value={on ? level : 0} aria-label={t("calls.level")} />
    </div>
  );
}
