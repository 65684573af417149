// Says politely who comes and goes in the call, who waits, and whose line is gone, wherever in the app one is.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../../api/protocol";
import { t } from "../../i18n/text";
import { callById, nameInCall, place } from "./calls";
import { changes } from "./changes";
import { useKnock } from "./Knocking";
import { state } from "../../realtime/store";

export function Spoken() {
  const now = place.value;
  const call = now?.phase === "in" ? callById(now.call) : undefined;
  const before = useRef<Call | undefined>(undefined);
  const [text, setText] = useState("");
  useKnock(call);
  useEffect(() => {
    const told = before.current && call ? changes(before.current.seats, call.seats, state.peek().me?.id ?? "") : [];
    const known = call ?? before.current;
    before.current = call;
    if (told.length > 0) setText(told.map(({ person, what }) => t(what, { name: nameInCall(known, person) })).join(" "));
  }, [call]);
  return (
    <div class="only-read" aria-live="polite">
      {text}
    </div>
  );
}
