// The paperclip, on a phone the camera, and the microphone. What is dropped or pasted goes the same way (`choose`).
import { useRef } from "preact/hooks";
import { t, type Key } from "../../i18n/text";
import { Icon, type IconName } from "../../ui/Icon";
import { RecordButton } from "./RecordButton";
import { choose } from "./uploads";

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
  return (
    <>
      <button type="button" class="icon-button" title={t(label)} onClick={() => input.current?.click()}>
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
