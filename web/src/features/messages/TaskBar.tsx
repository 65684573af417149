// Above the field: what is being done there besides writing a new message, and the way out of it.
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import type { Task } from "./composing";
import { authorOf, excerptOf, messageOf } from "./quoted";

export function TaskBar({ task, onCancel }: { task: Task; onCancel: () => void }) {
  const editing = task.type === "edit";
  const message = messageOf(task.conversation, task.seq);
  return (
    <div class="task-bar" id="composer-task">
      <Icon name={editing ? "edit" : "reply"} size={20} />
      <p class="task-text">
        <strong>{editing ? t("composer.editing") : t("composer.replying", { name: authorOf(message) })}</strong>
        <span class="task-quote">{excerptOf(message)}</span>
      </p>
      <button type="button" class="icon-button" aria-label={t("dialog.cancel")} onClick={onCancel}>
        <Icon name="close" size={20} />
      </button>
    </div>
  );
}
