// Over everything: a call that rings, and why this page is in a call no more. Both are read out at once.
import { useEffect } from "preact/hooks";
import { t, type Key } from "../../i18n/text";
import { focusWhenLost } from "../../ui/focus";
import { Icon } from "../../ui/Icon";
import { callById, goToCall, left, nameInCall } from "./calls";
import { ringing, stopRinging } from "./ring";

const REASONS: Readonly<Record<NonNullable<typeof left.value>, Key>> = {
  elsewhere: "calls.leftElsewhere",
  ended: "calls.leftEnded",
  gone: "calls.leftGone",
  sent_away: "calls.leftSentAway",
};

const TOLD_FOR = 12_000;

function decline(): void {
  stopRinging();
  focusWhenLost("#call-title", "#conversation-title", "#list-title");
}

export function Ring() {
  const call = callById(ringing.value);
  const why = left.value;
  useEffect(() => {
    if (!why) return;
    const timer = setTimeout(() => (left.value = null), TOLD_FOR);
    return () => clearTimeout(timer);
  }, [why]);
  return (
    <div class="calls-over">
      <div role="alert">
        {call && (
          <div class="ring">
            <Icon name="video" size={28} />
            <p>
              <strong>{nameInCall(call, call.startedBy)}</strong> {t("calls.rings")}
            </p>
            <div class="ring-deeds">
              <button type="button" class="button small" onClick={decline}>
                {t("calls.notNow")}
              </button>
              <button type="button" class="button small primary" onClick={() => goToCall(call.conversation)}>
                {t("calls.join")}
              </button>
            </div>
          </div>
        )}
      </div>
      <div role="status">
        {why && (
          <p class="notice call-left">
            <Icon name="info" size={22} />
            {t(REASONS[why])}
            <button type="button" class="text-button" onClick={() => (left.value = null)}>
              {t("dialog.close")}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}
