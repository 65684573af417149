// The paperclip, on a phone the camera, and the microphone. What is dropped or pasted goes the same way (`choose`).
import { useRef } from "preact/hooks";
import { MAX_FILES } from "../../api/protocol";
import { t, type Key } from "../../i18n/text";
import { Icon, type IconName } from "../../ui/Icon";
import { kindsName } from "./FileFilters";
import { RecordButton } from "./RecordButton";
import { choose, rulesIn } from "./uploads";
import { fileSize } from "./words";

export function Attach({ conversation }: { conversation: string }) {
  return (
    <>
      <Chooser conversation={conversation} icon="paperclip" label="files.attach" />
      <span class="touch-only">
        <Chooser conversation={conversation} icon="camera" label="files.camera" camera />
      </span>
      <RecordButton conversation={conversation} />
    </>
  );
}

/** What is allowed, said before it is tried. */
function limitsIn(conversation: string): string {
  const rules = rulesIn(conversation);
  if (!rules) return "";
  const kinds = rules.kinds.map(kindsName).join(", ");
  return t("files.limits", { size: fileSize(rules.largest), most: MAX_FILES, kinds });
}

interface Props {
  readonly conversation: string;
  readonly icon: IconName;
  readonly label: Key;
  readonly camera?: boolean;
}

function Chooser({ conversation, icon, label, camera = false }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = (field: HTMLInputElement) => {
    choose(conversation, [...(field.files ?? [])]);
    field.value = "";
  };
  const title = [t(label), limitsIn(conversation)].filter(Boolean).join(". ");
  return (
    <>
      <button type="button" class="icon-button" title={title} onClick={() => input.current?.click()}>
        <Icon name={icon} size={22} />
        <span class="only-read">{t(label)}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={!camera}
        {...(camera && { accept: "image/*", capture: "environment" as const })}
        onChange={(event) => chosen(event.currentTarget)}
      />
    </>
  );
}
