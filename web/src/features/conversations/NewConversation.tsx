// Choosing with whom to start a conversation.
import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { SearchField } from "../../ui/SearchField";
import { useSubmit } from "../../ui/submit";
import { contactsOf } from "./contacts-of";
import { PersonList } from "./PersonList";
import { openWith } from "./start";

export function NewConversation({ onClose }: { onClose: () => void }) {
  const [sought, seek] = useState("");
  const person = useRef("");
  const { error, submit } = useSubmit(async () => {
    await openWith(person.current);
    onClose();
  });
  const people = contactsOf(state.value);
  const choose = (id: string) => {
    person.current = id;
    submit();
  };
  return (
    <Dialog title={t("conversations.new")} close={t("dialog.close")} onClose={onClose}>
      <SearchField label={t("contacts.search")} value={sought} onInput={seek} />
      <FormError error={error} />
      {people.length === 0 && <p>{t("contacts.noneText")}</p>}
      <div class="choose">
        <PersonList people={people} sought={sought} onChoose={({ id }) => choose(id)} />
      </div>
    </Dialog>
  );
}
