// Says when there is no connection, or when the server has a newer version of this app. A short break is not told: the
// notice waits a moment, so that it does not flicker on a train. It hangs over the page from a line without height, so
// that nothing moves when it comes and goes.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { renewFromServer } from "../../platform/renewal";
import { ended, session } from "../../realtime/store";
import { Icon } from "../../ui/Icon";

const PATIENCE = 2_000;

/** Whether the line has been gone for longer than a moment; asked by the frame, which stays when its pages change. */
export function useLineGone(): boolean {
  const down = session.value.link !== "up";
  const [gone, tell] = useState(false);
  useEffect(() => {
    if (!down) return tell(false);
    const timer = setTimeout(() => tell(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [down]);
  return down && gone;
}

/** `writing`: where messages are written, it says what becomes of them. */
export function LineState({ gone, writing = false }: { gone: boolean; writing?: boolean }) {
  return (
    <div role="status" class={writing ? "line-state writing" : "line-state"}>
      {ended.value === "outdated" ? <Outdated /> : gone && <Offline writing={writing} />}
    </div>
  );
}

function Offline({ writing }: { writing: boolean }) {
  return (
    <p class="notice">
      <Icon name="offline" size={22} />
      {t(writing ? "line.offline" : "line.offlineShort")}
    </p>
  );
}

function Outdated() {
  return (
    <p class="notice">
      <Icon name="info" size={22} />
      {t("line.outdated")}
      <button type="button" class="text-button" onClick={() => void renewFromServer()}>
        {t("line.reload")}
      </button>
    </p>
  );
}
