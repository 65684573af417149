// How far a message of one's own came to each of several others, who read it first; it follows what comes in.
import type { StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf, reachByPerson } from "../../state/select";
import type { Held } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { Dialog } from "../../ui/Dialog";
import { Reach } from "./Reach";

interface Props {
  readonly held: Held;
  readonly message: StoredMessage;
  readonly onClose: () => void;
}

export function ReadBy({ held, message, onClose }: Props) {
  return (
    <Dialog title={t("actions.readBy")} close={t("dialog.close")} onClose={onClose}>
      <ul class="read-by">
        {reachByPerson(state.value, held, message).map(({ person, reach }) => (
          <li key={person.id}>
            <Avatar name={nameOf(person)} small />
            <span class="grow">{nameOf(person)}</span>
            <Reach reach={reach} worded />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
