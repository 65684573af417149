// Between which times of the day nothing rings here. A call that began then is seen, and makes no sound.
import { useState } from "preact/hooks";
import { saveQuietHours } from "../../api/accounts";
import { ApiError } from "../../api/http";
import { t } from "../../i18n/text";
import { session } from "../../realtime/store";
import { FormError } from "../../ui/FormError";
import { Saved } from "../../ui/Saved";
import { useSubmit } from "../../ui/submit";
import { TimeField } from "../organisations/BlockFields";

const NIGHT = [22 * 60, 7 * 60] as const;

export function QuietHours() {
  const { me } = session.value.state;
  const kept = me?.quiet ?? [];
  return me && <Form key={kept.join()} kept={kept} />;
}

function Form({ kept }: { kept: readonly number[] }) {
  const [on, turn] = useState(kept.length > 0);
  const [[from = NIGHT[0], until = NIGHT[1]], choose] = useState<readonly number[]>(kept);
  const [savedAt, setSavedAt] = useState(0);
  const { busy, error, submit, wrong } = useSubmit(async () => {
    if (on && from === until) throw new ApiError(422, "same", t("settings.quietSame"), [{ field: "hours", code: "same", text: "" }]);
    await saveQuietHours(on ? [from, until] : []);
    setSavedAt(Date.now());
  });
  return (
    <form class="form" onSubmit={submit} noValidate>
      <h3>{t("settings.quiet")}</h3>
      <label class="check">
        <input type="checkbox" checked={on} onChange={({ currentTarget }) => turn(currentTarget.checked)} />
        <span>{t("settings.quietHint")}</span>
      </label>
      {on && (
        <div class="block-fields">
          <TimeField label={t("hours.from")} minute={from} onChange={(minute) => choose([minute, until])} wrong={!!wrong("hours")} />
          <TimeField label={t("hours.to")} minute={until} onChange={(minute) => choose([from, minute])} wrong={!!wrong("hours")} />
        </div>
      )}
      <FormError error={error} />
      <div class="actions">
        <button type="submit" class="button" aria-disabled={busy}>
          {t("settings.quietSave")}
        </button>
        <Saved at={savedAt} />
      </div>
    </form>
  );
}
