// Where a client waits until staff let them in: whom they wait for and nobody else, and whether they can speak freely.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Call } from "../../api/protocol";
import { language, t } from "../../i18n/text";
import { session, state } from "../../realtime/store";
import { Icon } from "../../ui/Icon";
import { useLineGone } from "../messenger/LineState";
import { hangUp, nameInCall, ownSeat, place } from "./calls";
import { Preview } from "./Lobby";
import { answerQuestion } from "./joining";
import { Troubles } from "./Troubles";

interface Props {
  readonly call: Call;
  readonly organisation: string | undefined;
}

export function WaitingRoom({ call, organisation }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <div class="lobby waiting-room">
      <h2 id="call-title" tabIndex={-1} ref={heading}>
        {t("calls.waitingRoom")}
      </h2>
      <div>
        <p role="status">{t("calls.waitFor", { names: awaited(call) })}</p>
        <LineGone />
      </div>
      <Question call={call} organisation={organisation} />
      <Preview />
      <Troubles />
      <div class="actions">
        <button type="button" class="button" onClick={hangUp}>
          {t("calls.leaveWaiting")}
        </button>
      </div>
    </div>
  );
}

function LineGone() {
  const gone = useLineGone();
  return (
    <div role="status">
      {gone && (
        <p class="notice waiting-line">
          <Icon name="offline" size={22} />
          {t("calls.lineGoneWaiting")}
        </p>
      )}
    </div>
  );
}

function awaited(call: Call): string {
  const there = call.seats.filter((seat) => seat.person !== state.value.me?.id).map(({ person }) => person);
  return (there.length > 0 ? there : [call.startedBy]).map((person) => nameInCall(call, person)).join(", ");
}

function Question({ call, organisation }: Props) {
  const rules = session.value.state.organisations.find((one) => one.id === organisation)?.calls;
  const alone = place.value?.alone ?? ownSeat(call)?.alone;
  return (
    <fieldset class="question">
      <legend>{rules?.[language.value] || t("calls.question")}</legend>
      <div class="actions">
        <button type="button" class={alone === true ? "button primary" : "button"} aria-pressed={alone === true} onClick={() => answerQuestion(true)}>
          {t("calls.yes")}
        </button>
        <button type="button" class={alone === false ? "button primary" : "button"} aria-pressed={alone === false} onClick={() => answerQuestion(false)}>
          {t("calls.no")}
        </button>
      </div>
      <p class="hint" role="status">
        {alone === undefined || alone === null ? t("calls.questionHint") : t(alone ? "calls.answeredYes" : "calls.answeredNo")}
      </p>
    </fieldset>
  );
}
