// Chooses files for a document that was asked for: they go to the tray, under its name.
import { useRef } from "preact/hooks";
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { choose } from "../files/uploads";

interface Props {
  readonly at: { readonly conversation: string; readonly seq: number; readonly number: number };
  readonly name: string;
  /** Files for it stand in the tray already. */
  readonly more: boolean;
}

export function ChooseButton({ at: { conversation, seq, number }, name, more }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const label = t(more ? "documents.chooseMore" : "documents.choose");
  const chosen = (field: HTMLInputElement) => {
    choose(conversation, [...(field.files ?? [])], { asked: { seq, number, name } });
    field.value = "";
  };
  return (
    <>
      <button type="button" class="button small" aria-label={`${label}: ${name}`} onClick={() => input.current?.click()}>
        <Icon name="paperclip" size={18} />
        {label}
      </button>
      <input ref={input} type="file" hidden multiple onChange={(event) => chosen(event.currentTarget)} />
    </>
  );
}
