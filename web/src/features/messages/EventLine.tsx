// Something that happened in the conversation, told between the messages.
import { state } from "../../realtime/store";
import { fullTime } from "../../i18n/time";
import type { Line } from "./days";
import { eventWords } from "./event-words";

export function EventLine({ line }: { line: Line }) {
  return (
    <li class="happened" data-seq={line.stored?.seq}>
      <p>
        {eventWords(state.value, line.body)} <time class="only-read">{fullTime(line.at)}</time>
      </p>
    </li>
  );
}
