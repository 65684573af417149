// The fields of a plan: three phases with three questions each, the people to call, and the rest.
import { useId } from "preact/hooks";
import type { Plan, TextName } from "../../api/plans";
import { t } from "../../i18n/text";
import type { Submit } from "../../ui/submit";
import { PeopleFields } from "./PeopleFields";
import { PHASES, PHASE_NAMES, REST, questionsOf } from "./parts";

const LONGEST = 2_000;

interface Props {
  readonly plan: Plan;
  readonly onChange: (next: Partial<Plan>) => void;
  readonly wrong: Submit["wrong"];
}

export function PlanFields({ plan, onChange, wrong }: Props) {
  const field = (name: TextName, label: string) => (
    <TextField key={name} label={label} value={plan[name]} onInput={(value) => onChange({ [name]: value })} error={wrong(name)?.text} />
  );
  return (
    <>
      {PHASES.map((phase) => (
        <fieldset key={phase} class={`phase ${phase}`}>
          <legend>{t(PHASE_NAMES[phase])}</legend>
          {questionsOf(phase).map(([name, label]) => field(name, t(label)))}
        </fieldset>
      ))}
      <PeopleFields people={plan.people} onChange={(people) => onChange({ people })} wrong={wrong} />
      {REST.map(([name, label]) => field(name, t(label)))}
    </>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly error?: string | undefined;
}

function TextField({ label, value, onInput, error }: TextProps) {
  const id = useId();
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        class="input grows"
        rows={3}
        maxLength={LONGEST}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
