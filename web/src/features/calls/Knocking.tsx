// Who waits to be let in: staff in the call see it, with what was answered to the question, and decide.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call, Seat } from "../../api/protocol";
import { t, type Key } from "../../i18n/text";
import { askOfCall } from "../../realtime/client";
import { nameInCall } from "./calls";
import { focusWhenLost } from "../../ui/focus";
import { chime } from "./sounds";
import { chosenDevices } from "../../platform/call-devices";
import { state } from "../../realtime/store";

export const waitingIn = (call: Call): readonly Seat[] =>
  call.seats.filter((seat) => seat.state === "waiting" && seat.person !== state.value.me?.id);

const answerOf = ({ alone }: Seat): Key =>
  alone === true ? "calls.isAlone" : alone === false ? "calls.isNotAlone" : "calls.noAnswerYet";

/** A soft sound when somebody comes to wait. */
export function useKnock(call: Call | undefined): void {
  const known = useRef<readonly string[]>([]);
  const now = call ? waitingIn(call).map(({ person }) => person) : [];
  useEffect(() => {
    if (now.some((person) => !known.current.includes(person))) chime("knock", chosenDevices.peek().speaker);
    known.current = now;
  }, [now.join()]);
}

export function Knocking({ call }: { call: Call }) {
  const those = waitingIn(call);
  return (
    <ul class="knocking" aria-label={t("calls.waiting")}>
      {those.map((seat) => (
        <Knock key={seat.person} call={call} seat={seat} />
      ))}
    </ul>
  );
}

function Knock({ call, seat }: { call: Call; seat: Seat }) {
  const [refused, setRefused] = useState("");
  const name = nameInCall(call, seat.person);
  const decide = async (admitted: boolean) => {
    setRefused("");
    const { person } = seat;
    const answer = await askOfCall((request) => ({ type: "admit_to_call", request, call: call.id, person, admitted }));
    if (answer?.type === "done") focusWhenLost(".knock button", "#call-title");
    else setRefused(answer?.type === "refused" ? answer.text : t("calls.noAnswer"));
  };
  return (
    <li class="knock">
      <p>
        <strong>{t("calls.waits", { name })}</strong> {t(answerOf(seat))}
        {refused && (
          <span role="alert" class="knock-refused">
            {refused}
          </span>
        )}
      </p>
      <div class="actions">
        <button type="button" class="button small" onClick={() => void decide(false)}>
          {t("calls.dontAdmit")}
          <span class="only-read"> {name}</span>
        </button>
        <button type="button" class="button small primary" onClick={() => void decide(true)}>
          {t("calls.admit")}
          <span class="only-read"> {name}</span>
        </button>
      </div>
    </li>
  );
}
