// Files that are dragged over a conversation are sent there when they are let go. Text that is dragged is not ours.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { choose } from "./uploads";

interface Props {
  readonly conversation: string;
  readonly class: string;
  /** Whether anything can be sent there. */
  readonly open: boolean;
  readonly children: ComponentChildren;
}

export function DropZone({ conversation, class: name, open, children }: Props) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const moved = (event: DragEvent, by: number) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (!open) return;
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const dropped = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    if (open) choose(conversation, [...(event.dataTransfer?.files ?? [])]);
  };
  return (
    <section
      class={name}
      aria-labelledby="conversation-title"
      onDragEnter={(event) => moved(event, 1)}
      onDragLeave={(event) => moved(event, -1)}
      onDragOver={(event) => moved(event, 0)}
      onDrop={dropped}
    >
      {children}
      {over && (
        <p class="drop-here">
          <Icon name="paperclip" size={32} />
          {t("files.drop")}
        </p>
      )}
    </section>
  );
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
