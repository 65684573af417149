// Beside the field of a team's conversation: the way to its saved replies.
import { useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import type { Held } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { SavedReplies } from "./SavedReplies";

interface Props {
  readonly held: Held;
  readonly text: string;
  readonly onChoose: (text: string) => void;
}

export function ReplyButton({ held, text, onChoose }: Props) {
  const [open, setOpen] = useState(false);
  const client = state.value.people[held.client ?? ""];
  return (
    <>
      <button type="button" class="icon-button" aria-label={t("replies.title")} title={t("replies.title")} onClick={() => setOpen(true)}>
        <Icon name="replies" />
      </button>
      {open && (
        <SavedReplies
          team={held.team ?? ""}
          firstName={client?.firstName ?? ""}
          text={text}
          onChoose={onChoose}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
