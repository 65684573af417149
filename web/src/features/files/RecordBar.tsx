// While a voice message is recorded: how long, how loud, and what can be done. Done, it lies in the tray with what is sent
// by "Stuur", so that nobody sends a word they would rather take back.
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/text";
import { focusWhenLost } from "../../ui/focus";
import { Icon } from "../../ui/Icon";
import { LONGEST } from "./recorder";
import { cancel, finish, heard, pause, recording, resume, told } from "./recording";
import { durationOf } from "./words";

const NEARLY = 60_000;

export function RecordBar({ conversation }: { conversation: string }) {
  const now = recording.value;
  if (now?.conversation === conversation) return now.phase === "asking" ? <Asking /> : <Bar paused={now.phase === "paused"} />;
  if (told.value?.conversation !== conversation) return null;
  return (
    <p class="composer-warning" role="alert">
      <Icon name="warning" size={18} />
      {t(told.value.text)}
    </p>
  );
}

function Asking() {
  return (
    <div class="record-bar">
      <p role="status">{t("record.asking")}</p>
      <button type="button" class="button small" onClick={cancel}>
        {t("dialog.cancel")}
      </button>
    </div>
  );
}

function Bar({ paused }: { paused: boolean }) {
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    done.current?.focus();
    return () => {
      finish();
      focusWhenLost(".composer .send");
    };
  }, []);
  return (
    <div class="record-bar" role="group" aria-label={t("record.bar")}>
      <p class={paused ? "record-time paused" : "record-time"}>
        <span role="status">{t(paused ? "record.paused" : "record.busy")}</span> <Passed />
      </p>
      <Level />
      <div class="record-deeds">
        <button type="button" class="button small" onClick={cancel}>
          {t("dialog.cancel")}
        </button>
        <button type="button" class="button small" onClick={paused ? resume : pause}>
          {t(paused ? "record.resume" : "record.pause")}
        </button>
        <button ref={done} type="button" class="button small primary" onClick={finish}>
          {t("record.done")}
        </button>
      </div>
    </div>
  );
}

function Passed() {
  const { ms } = heard.value;
  const left = LONGEST - ms;
  return <>{left < NEARLY ? `${durationOf(ms)} ${t("record.left", { time: durationOf(left) })}` : durationOf(ms)}</>;
}

function Level() {
  return (
    <span class="record-level" aria-hidden="true">
      <span style={{ transform: `scaleX(${heard.value.level})` }} />
    </span>
  );
}
