// The hours in which nothing is told: from and until, every day.
import { useState } from "preact/hooks";
import { saveQuietHours } from "../../api/notifications";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { Saved } from "../../ui/Saved";
import { useSubmit } from "../../ui/submit";
import { TimeField } from "../../ui/TimeField";

const EVENING = 22 * 60;
const MORNING = 7 * 60;

export function QuietHours({ chosen }: { chosen: readonly number[] }) {
  const [on, setOn] = useState(chosen.length > 0);
  const [from, setFrom] = useState(chosen[0] ?? EVENING);
  const [until, setUntil] = useState(chosen[1] ?? MORNING);
  const [saved, setSaved] = useState(0);
  const { busy, error, submit } = useSubmit(async () => {
    setSaved(0);
    await saveQuietHours(on ? [from, until] : []);
    setSaved(Date.now());
  });
  return (
    <form class="notification-part" onSubmit={submit} noValidate>
      <fieldset class="choice">
        <legend>{t("notifications.quiet")}</legend>
        <p class="quiet">{t("notifications.quiet.about")}</p>
        <label class="check">
          <input type="checkbox" checked={on} onChange={() => setOn(!on)} />
          <span>{t("notifications.quiet.on")}</span>
        </label>
        {on && (
          <div class="quiet-times">
            <TimeField label={t("notifications.quiet.from")} minute={from} onChange={setFrom} wrong={from === until} />
            <TimeField label={t("notifications.quiet.until")} minute={until} onChange={setUntil} wrong={from === until} />
          </div>
        )}
      </fieldset>
      <FormError error={error} />
      <div class="actions">
        <button type="submit" class="button small" aria-disabled={busy}>
          {t("notifications.quiet.save")}
        </button>
        <Saved at={saved} />
      </div>
    </form>
  );
}
