// The people one can call: a name, and a number where there is one.
import type { Contact } from "../../api/plans";
import { t } from "../../i18n/text";
import { Field } from "../../ui/Field";
import type { Submit } from "../../ui/submit";

const MOST_PEOPLE = 10;

interface Props {
  readonly people: readonly Contact[];
  readonly onChange: (people: readonly Contact[]) => void;
  readonly wrong: Submit["wrong"];
}

export function PeopleFields({ people, onChange, wrong }: Props) {
  const set = (at: number, next: Partial<Contact>) => onChange(people.map((old, i) => (i === at ? { ...old, ...next } : old)));
  return (
    <fieldset class="plan-people">
      <legend>{t("plan.people")}</legend>
      {people.map(({ name, number }, at) => (
        <div class="phone-fields" key={at}>
          <Field label={t("notice.phoneName")} value={name} onInput={(next) => set(at, { name: next })} error={wrong(`people.${at}.name`)?.text} />
          <Field label={t("plan.number")} value={number} onInput={(next) => set(at, { number: next })} error={wrong(`people.${at}.number`)?.text} />
          <button type="button" class="button" onClick={() => onChange(people.filter((_, i) => i !== at))}>
            {t("plan.removePerson")}
            <span class="only-read"> {name}</span>
          </button>
        </div>
      ))}
      {people.length < MOST_PEOPLE && (
        <div>
          <button type="button" class="button" onClick={() => onChange([...people, { name: "", number: "" }])}>
            {t("plan.addPerson")}
          </button>
        </div>
      )}
    </fieldset>
  );
}
