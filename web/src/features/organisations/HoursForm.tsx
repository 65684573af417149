// The hours of a person, a team or the organisation. A person or a team can follow the organisation instead; holidays
// and single dates are set for the organisation and count for everybody.
import { useEffect, useState } from "preact/hooks";
import { loadHours, resetHours, saveHours, type Hours, type NewHours } from "../../api/availability";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { useWaiting } from "../../ui/in-order";
import { useSubmit } from "../../ui/submit";
import { byDate, ExceptionFields, exceptionsOf, HolidayFields, type Exception } from "./ClosedDays";
import { Saved } from "../../ui/Saved";
import { WeekFields } from "./WeekFields";
import { weekWords } from "./week";

const HOUR = 60;

/** The form for whoever `owner` is, once their hours are there. */
export function HoursForm({ owner }: { owner: string }) {
  const [hours, setHours] = useState<Hours | null>(null);
  const { error, submit } = useSubmit(async () => setHours(await loadHours(owner)));
  useEffect(() => submit(), [owner]);
  useWaiting(!hours && !error);
  if (!hours) return error ? <FormError error={error} /> : <div class="skeleton form-skeleton" />;
  if (hours.kind !== "organisation" && !hours.own) return <Following hours={hours} onOwn={setHours} />;
  return <Form key={String(hours.own)} hours={hours} onReset={setHours} />;
}

/** Who follows the organisation sees its hours, and can begin their own from them. */
function Following({ hours, onOwn }: { hours: Hours; onOwn: (hours: Hours) => void }) {
  return (
    <>
      <p>
        {t(hours.owner === state.value.me?.id ? "hours.following" : "hours.followingOther")} {weekWords(hours.week) || t("hours.never")}.
      </p>
      <button type="button" class="button" onClick={() => onOwn({ ...hours, own: true, exceptions: {}, holidays: null, promise: null })}>
        {t("hours.setOwn")}
      </button>
    </>
  );
}

function Form({ hours, onReset }: { hours: Hours; onReset: (hours: Hours) => void }) {
  const whole = hours.kind === "organisation";
  const [week, setWeek] = useState(hours.week);
  const [holidays, setHolidays] = useState(hours.holidays);
  const [exceptions, setExceptions] = useState<readonly Exception[]>(exceptionsOf(hours));
  const [promise, setPromise] = useState(hours.promise === null ? "" : String(hours.promise / HOUR));
  const [saved, setSaved] = useState(0);
  const { busy, error, submit, wrong } = useSubmit(async () => {
    setSaved(0);
    await saveHours(hours.owner, toSave());
    setSaved(Date.now());
  });
  const reset = useSubmit(async () => {
    await resetHours(hours.owner);
    onReset(await loadHours(hours.owner));
  });
  const toSave = (): NewHours => ({
    week,
    holidays,
    exceptions: byDate(exceptions),
    promise: promise.trim() ? Math.round(Number(promise.replace(",", ".")) * HOUR) || -1 : null,
    ...(whole && { zone: hours.zone }),
  });
  return (
    <form class="form" onSubmit={submit} noValidate>
      <FormError error={error ?? reset.error} />
      <WeekFields week={week} onChange={setWeek} wrong={wrong} />
      <Field
        label={t("hours.promise")}
        hint={t("hours.promiseHint")}
        value={promise}
        onInput={setPromise}
        error={wrong("promise")?.text}
      />
      {whole && holidays && <HolidayFields feasts={hours.feasts} chosen={holidays} onChange={setHolidays} />}
      {whole && <ExceptionFields rows={exceptions} onChange={setExceptions} wrong={wrong} />}
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={busy}>
          {t("hours.save")}
        </button>
        {!whole && (
          <button type="button" class="button" onClick={() => reset.submit()} aria-disabled={reset.busy}>
            {t("hours.follow")}
          </button>
        )}
      </div>
      <Saved at={saved} />
    </form>
  );
}
