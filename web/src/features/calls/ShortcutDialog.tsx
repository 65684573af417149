// The list of keys of a call.
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { SHORTCUTS } from "./shortcuts";

export function ShortcutDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("calls.shortcuts")} close={t("dialog.close")} onClose={onClose}>
      <dl class="shortcuts">
        {SHORTCUTS.map(({ keys, label }) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
