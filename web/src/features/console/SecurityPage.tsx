// Of whom the organisation asks a second factor, how long they have to set it up, and how many have it already; and how
// staff sign in through the organisation itself.
import { useState } from "preact/hooks";
import { loadSecondFactorPolicy, MOST_DAYS, MOST_HOURS, saveSecondFactorPolicy, type Counted, type SecondFactorPolicy } from "../../api/console";
import { ApiError } from "../../api/http";
import { t } from "../../i18n/text";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { InOrder } from "../../ui/in-order";
import { Saved } from "../../ui/Saved";
import { useSubmit } from "../../ui/submit";
import { SignOnCard } from "./SignOnCard";
import { useLoaded } from "./use-loaded";
import { wordsFor } from "./words";

export function SecurityPage() {
  return (
    <InOrder>
      <Policy />
      <SignOnCard />
    </InOrder>
  );
}

function Policy() {
  const { data, error } = useLoaded(loadSecondFactorPolicy);
  return (
    <>
      <FormError error={error} />
      {data && <Form policy={data} />}
    </>
  );
}

function Form({ policy }: { policy: SecondFactorPolicy }) {
  const [staff, setStaff] = useState(policy.staff);
  const [clients, setClients] = useState(policy.clients);
  const [days, setDays] = useState(String(policy.days));
  const [hours, setHours] = useState(String(policy.recoveryHours));
  const [savedAt, setSavedAt] = useState(0);
  const form = useSubmit(async () => {
    setSavedAt(0);
    await saveSecondFactorPolicy({ staff, clients, days: checked("days", days), recoveryHours: checked("recoveryHours", hours) });
    setSavedAt(Date.now());
  });
  return (
    <form class="form file-policy" onSubmit={form.submit} noValidate>
      <p>{t("console.factorText")}</p>
      <fieldset class="file-kinds">
        <legend>{t("console.factorOf")}</legend>
        <Tick label={t("console.factorStaff")} count={policy.ofStaff} on={staff} onTick={setStaff} />
        <Tick label={t("console.factorClients")} count={policy.ofClients} on={clients} onTick={setClients} />
      </fieldset>
      <Field
        label={t("console.factorDays")}
        hint={t("console.factorDaysHint", { most: MOST_DAYS })}
        value={days}
        inputmode="numeric"
        required
        onInput={setDays}
        error={wordsFor(form, "days")}
      />
      <p class="hint">{t("console.factorAfter")}</p>
      <Field
        label={t("console.recoveryHours")}
        hint={t("console.recoveryHoursHint", { most: MOST_HOURS })}
        value={hours}
        inputmode="numeric"
        required
        onInput={setHours}
        error={wordsFor(form, "recoveryHours")}
      />
      <FormError error={form.error} />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={form.busy}>
          {t("console.save")}
        </button>
        <Saved at={savedAt} />
      </div>
    </form>
  );
}

interface TickProps {
  readonly label: string;
  readonly count: Counted;
  readonly on: boolean;
  readonly onTick: (on: boolean) => void;
}

function Tick({ label, count, on, onTick }: TickProps) {
  return (
    <label class="tick">
      <input type="checkbox" checked={on} onChange={(event) => onTick(event.currentTarget.checked)} />
      <span>
        {label}
        <span class="quiet block">{t("console.factorHaving", { having: count.having, people: count.people })}</span>
      </span>
    </label>
  );
}

const BOUNDS = {
  days: { least: 0, most: MOST_DAYS, wrong: "console.factorDaysWrong" },
  recoveryHours: { least: 1, most: MOST_HOURS, wrong: "console.recoveryHoursWrong" },
} as const;

/** A whole number; refused as the server would, in words of the field. */
function checked(field: keyof typeof BOUNDS, said: string): number {
  const { least, most, wrong } = BOUNDS[field];
  const count = Number(said);
  if (said.trim() && Number.isInteger(count) && count >= least && count <= most) return count;
  throw new ApiError(422, "invalid", "", [{ field, code: "invalid", text: t(wrong, { most }) }]);
}
