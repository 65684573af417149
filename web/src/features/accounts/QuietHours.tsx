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
  return me && <Form kept={me.quiet ?? []} />;
}

interface Hours {
  readonly on: boolean;
  readonly from: number;
  readonly until: number;
}

function hoursOf(kept: readonly number[]): Hours {
  const [from = NIGHT[0], until = NIGHT[1]] = kept;
  return { on: kept.length > 0, from, until };
}

/** Until the person chooses something it shows what is kept, also when that comes later. */
function Form({ kept }: { kept: readonly number[] }) {
  const [chosen, setChosen] = useState<Hours | null>(null);
  const now = chosen ?? hoursOf(kept);
  const { on, from, until } = now;
  const choose = (change: Partial<Hours>) => setChosen({ ...now, ...change });
  const [savedAt, setSavedAt] = useState(0);
  const { busy, error, submit, wrong } = useSubmit(async () => {
    setSavedAt(0);
    if (on && from === until) throw new ApiError(422, "same", t("settings.quietSame"), [{ field: "hours", code: "same", text: "" }]);
    await saveQuietHours(on ? [from, until] : []);
    setSavedAt(Date.now());
  });
  return (
    <form class="form" onSubmit={submit} noValidate>
      <h3>{t("settings.quiet")}</h3>
      <label class="check">
        <input type="checkbox" checked={on} onChange={({ currentTarget }) => choose({ on: currentTarget.checked })} />
        <span>{t("settings.quietHint")}</span>
      </label>
      {on && (
        <div class="block-fields">
          <TimeField label={t("hours.from")} minute={from} onChange={(minute) => choose({ from: minute })} wrong={!!wrong("hours")} />
          <TimeField label={t("hours.to")} minute={until} onChange={(minute) => choose({ until: minute })} wrong={!!wrong("hours")} />
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
