// Somebody's absences to come: plan, change, cancel. Who stands in is a colleague.
import { useEffect, useState } from "preact/hooks";
import { cancelAbsence, loadAbsences, type Absence } from "../../api/availability";
import { t } from "../../i18n/text";
import { dayOf } from "../../i18n/time";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { FormError } from "../../ui/FormError";
import { useWaiting } from "../../ui/in-order";
import { useLatest, useSubmit } from "../../ui/submit";
import { AbsenceForm } from "./AbsenceForm";

export function Absences({ person }: { person: string }) {
  const [absences, setAbsences] = useState<readonly Absence[] | null>(null);
  const [open, setOpen] = useState<Absence | "new" | null>(null);
  const { error, submit } = useLatest(async () => setAbsences(await loadAbsences(person)));
  useEffect(() => submit(), [person]);
  useWaiting(!absences && !error);
  const done = () => {
    setOpen(null);
    submit();
  };
  if (!absences) return error ? <FormError error={error} /> : <div class="skeleton line" />;
  return (
    <>
      {absences.length === 0 && <p>{t("absence.none")}</p>}
      <ul class="rows">
        {absences.map((absence) => (
          <AbsenceRow key={absence.id} absence={absence} onChange={() => setOpen(absence)} onDone={done} />
        ))}
      </ul>
      {open === null ? (
        <button type="button" class="button" onClick={() => setOpen("new")}>
          {t("absence.plan")}
        </button>
      ) : (
        <AbsenceForm
          key={open === "new" ? "new" : open.id}
          person={person}
          absence={open === "new" ? null : open}
          onClose={() => setOpen(null)}
          onDone={done}
        />
      )}
    </>
  );
}

interface RowProps {
  readonly absence: Absence;
  readonly onChange: () => void;
  readonly onDone: () => void;
}

function AbsenceRow({ absence, onChange, onDone }: RowProps) {
  const { busy, error, submit } = useSubmit(async () => {
    await cancelAbsence(absence.id);
    onDone();
  });
  const standIn = absence.standIn ? state.value.people[absence.standIn] : undefined;
  const days = t("absence.days", { first: dayOf(absence.first), last: dayOf(absence.last) });
  return (
    <li class="row">
      <div class="row-text">
        <p>
          <strong>{days}</strong>
        </p>
        <p class="quiet">{standIn ? t("hours.standIn", { name: nameOf(standIn) }) : t("absence.noStandIn")}</p>
        <FormError error={error} />
      </div>
      <div class="actions">
        <button type="button" class="button small" onClick={onChange}>
          {t("absence.change")}
          <span class="only-read"> {days}</span>
        </button>
        <button type="button" class="button small" onClick={() => submit()} aria-disabled={busy}>
          {t("absence.cancel")}
          <span class="only-read"> {days}</span>
        </button>
      </div>
    </li>
  );
}
