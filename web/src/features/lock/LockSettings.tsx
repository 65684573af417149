// Under the settings: the PIN of this device, and after how long away it is asked.
import { useState } from "preact/hooks";
import type { Minutes } from "../../api/lock";
import { t, type Key } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useLatest } from "../../ui/submit";
import { Choice } from "../accounts/Choice";
import { setMinutes } from "./by-pin";
import { canLock, lockState, minutesAway } from "./here";
import { lock } from "./lock";
import { PinDialog, type Deed } from "./PinDialog";
import { SensorSettings } from "./SensorSettings";

const MINUTES = ["0", "1", "5", "15"] as const;
const NAMES: Readonly<Record<(typeof MINUTES)[number], Key>> = {
  0: "lock.atOnce",
  1: "lock.after1",
  5: "lock.after5",
  15: "lock.after15",
};

export function LockSettings() {
  const [deed, setDeed] = useState<Deed | null>(null);
  return (
    <section class="settings-part" id="lock">
      <h3>{t("lock.title")}</h3>
      {lockState.value === "open" ? <On onDeed={setDeed} /> : <Off onDeed={setDeed} />}
      {deed && <PinDialog deed={deed} onClose={() => setDeed(null)} />}
    </section>
  );
}

interface Props {
  readonly onDeed: (deed: Deed) => void;
}

function Off({ onDeed }: Props) {
  if (!canLock()) return <p>{t("lock.cannot")}</p>;
  return (
    <>
      <p>{t("lock.isOff")}</p>
      <p class="quiet">{t("lock.explain")}</p>
      <button type="button" class="button" onClick={() => onDeed("set")}>
        {t("lock.use")}
      </button>
    </>
  );
}

function On({ onDeed }: Props) {
  const { error, submit } = useLatest(() => setMinutes(wanted));
  let wanted: Minutes = minutesAway.value;
  const choose = (minutes: string) => {
    wanted = Number(minutes) as Minutes;
    submit();
  };
  return (
    <>
      <p class="saved">
        <Icon name="check" size={20} />
        {t("lock.isOn")}
      </p>
      <Choice
        legend={t("lock.away")}
        options={MINUTES.map((value) => ({ value, label: t(NAMES[value]) }))}
        chosen={String(minutesAway.value) as (typeof MINUTES)[number]}
        onChoose={choose}
      />
      <FormError error={error} />
      <div class="actions">
        <button type="button" class="button" onClick={lock}>
          {t("lock.now")}
        </button>
        <button type="button" class="button" onClick={() => onDeed("change")}>
          {t("lock.change")}
        </button>
        <button type="button" class="button" onClick={() => onDeed("off")}>
          {t("lock.off")}
        </button>
      </div>
      <SensorSettings />
    </>
  );
}
