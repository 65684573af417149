// Something that happened in the conversation, told between the messages.
import { state } from "../../realtime/store";
import type { Held } from "../../state/state";
import { fullTime } from "../../i18n/time";
import { begunCall, CallCard } from "../calls/CallCard";
import type { Line } from "./days";
import { eventWords } from "./event-words";

export function EventLine({ line, held }: { line: Line; held: Held }) {
  if (begunCall(line.body))
    return (
      <li class="call-line" data-seq={line.stored?.seq}>
        <CallCard body={line.body} />
      </li>
    );
  return (
    <li class="happened" data-seq={line.stored?.seq}>
      <p>
        {eventWords(state.value, line.body, held)} <time class="only-read">{fullTime(line.at)}</time>
      </p>
    </li>
  );
}
