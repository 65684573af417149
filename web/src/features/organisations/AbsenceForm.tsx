// One absence: first day, last day, and the colleague who stands in: a practitioner, for
// nobody else reads what a client writes to theirs.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { changeAbsence, planAbsence, type Absence } from "../../api/availability";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { need, useSubmit } from "../../ui/submit";
import { errorText } from "../../i18n/error";
import { roleName } from "./roles";

interface Props {
  readonly person: string;
  readonly absence: Absence | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function AbsenceForm({ person, absence, onClose, onDone }: Props) {
  const [first, setFirst] = useState(absence?.first ?? "");
  const [last, setLast] = useState(absence?.last ?? "");
  const [standIn, setStandIn] = useState(absence?.standIn ?? "");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ first, last });
    const wanted = { first, last, standIn: standIn || null };
    await (absence ? changeAbsence(absence.id, wanted) : planAbsence(person, wanted));
    onDone();
  });
  const told = (field: string) => {
    const found = wrong(field);
    return found && errorText(found);
  };
  return (
    <form class="form boxed" ref={form} onSubmit={submit} noValidate>
      <FormError error={error} />
      <Field type="date" label={t("absence.first")} value={first} onInput={setFirst} error={told("first")} />
      <Field type="date" label={t("absence.last")} value={last} onInput={setLast} error={told("last")} />
      <StandInField person={person} chosen={standIn} onChoose={setStandIn} error={told("standIn")} />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={busy}>
          {t("hours.save")}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {t("dialog.cancel")}
        </button>
      </div>
    </form>
  );
}

interface StandInProps {
  readonly person: string;
  readonly chosen: string;
  readonly onChoose: (person: string) => void;
  readonly error: string | undefined;
}

function StandInField({ person, chosen, onChoose, error }: StandInProps) {
  const id = useId();
  const { people, contacts, me } = state.value;
  const colleagues = [...contacts, me?.id ?? ""]
    .flatMap((one) => people[one] ?? [])
    .filter((one) => one.role === "practitioner" && one.id !== person)
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return (
    <div class="field">
      <label htmlFor={id}>{t("absence.standIn")}</label>
      <p class="hint" id={`${id}-hint`}>
        {t(person === state.value.me?.id ? "absence.standInHint" : "absence.standInHintOther")}
      </p>
      <select
        id={id}
        class="input"
        value={chosen}
        onChange={(event) => onChoose(event.currentTarget.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
      >
        <option value="">{t("absence.nobody")}</option>
        {colleagues.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)} ({roleName(one.role)})
          </option>
        ))}
      </select>
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="warning" size={20} />
          {error}
        </p>
      )}
    </div>
  );
}
