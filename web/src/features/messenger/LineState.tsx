// Says when there is no connection, or when the server has a newer version of this app. A short break is not told: the
// banner waits a moment, so that it does not flicker on a train.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { ended, session } from "../../realtime/store";
import { Icon } from "../../ui/Icon";

const PATIENCE = 2_000;

export function LineState() {
  const down = session.value.link !== "up";
  const [told, tell] = useState(false);
  useEffect(() => {
    if (!down) return tell(false);
    const timer = setTimeout(() => tell(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [down]);
  return (
    <div role="status" class="line-state">
      {ended.value === "outdated" ? <Outdated /> : down && told && <Offline />}
    </div>
  );
}

function Offline() {
  return (
    <p class="notice flat">
      <Icon name="offline" size={22} />
      {t("line.offline")}
    </p>
  );
}

function Outdated() {
  return (
    <p class="notice flat">
      <Icon name="info" size={22} />
      {t("line.outdated")}
      <button type="button" class="text-button" onClick={() => location.reload()}>
        {t("line.reload")}
      </button>
    </p>
  );
}
