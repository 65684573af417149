// Above the field: what is being done there besides writing a new message, and the way out of it.
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import type { Task } from "./composing";

export function TaskBar({ task, onCancel }: { task: Task; onCancel: () => void }) {
  return (
    <div class="task-bar" id="composer-task">
      <Icon name="edit" size={20} />
      <p class="task-text">
        <strong>{t("composer.editing")}</strong>
        <span class="task-quote">{task.body}</span>
      </p>
      <button type="button" class="icon-button" aria-label={t("dialog.cancel")} onClick={onCancel}>
        <Icon name="close" size={20} />
      </button>
    </div>
  );
}
