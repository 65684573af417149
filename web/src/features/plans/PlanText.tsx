// A plan to read: what is not filled in is not there.
import type { Plan, TextName } from "../../api/plans";
import { t, type Key } from "../../i18n/text";
import { PHASES, PHASE_NAMES, REST, questionsOf, type Phase } from "./parts";
import { Call } from "./Call";

export function PlanText({ plan }: { plan: Plan }) {
  return (
    <div class="plan-text">
      {plan.people.length > 0 && (
        <section class="plan-part">
          <h4>{t("plan.people")}</h4>
          <ul class="calls">
            {plan.people.map(({ name, number }, at) => (
              <li key={at}>
                <Call name={name} number={number} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {PHASES.map((phase) => (
        <PhaseText key={phase} phase={phase} plan={plan} />
      ))}
      {REST.map(([name, label]) => plan[name] && <Part key={name} name={name} label={label} plan={plan} />)}
    </div>
  );
}

function PhaseText({ phase, plan }: { phase: Phase; plan: Plan }) {
  const filled = questionsOf(phase).filter(([name]) => plan[name]);
  if (filled.length === 0) return null;
  return (
    <section class={`phase ${phase}`}>
      <h4>{t(PHASE_NAMES[phase])}</h4>
      <dl>
        {filled.map(([name, label]) => (
          <div key={name}>
            <dt>{t(label)}</dt>
            <dd>{plan[name]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Part({ name, label, plan }: { name: TextName; label: Key; plan: Plan }) {
  return (
    <section class="plan-part">
      <h4>{t(label)}</h4>
      <p>{plan[name]}</p>
    </section>
  );
}
