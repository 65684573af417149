// Changing a plan. What was changed is held until it is saved: leaving asks first. When somebody else saved meanwhile,
// one chooses for each part which text stays, and goes on from there with the newer version.
import { useLayoutEffect, useState } from "preact/hooks";
import { savePlan, type PlanVersion } from "../../api/plans";
import { t } from "../../i18n/text";
import { hold, letGo, navigate } from "../../platform/router";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";
import { ChooseTexts } from "./ChooseTexts";
import { FocusedHeading } from "./FocusedHeading";
import { LeaveDialog } from "./LeaveDialog";
import { chosen, differing, tidy } from "./parts";
import { PlanFields } from "./PlanFields";

interface Props {
  readonly organisation: string;
  readonly client: string;
  readonly plan: PlanVersion;
  /** The newest version that the server told of. */
  readonly told: number;
  readonly onSaved: (saved: PlanVersion) => void;
  readonly onStop: () => void;
}

export function PlanForm({ organisation, client, plan, told, onSaved, onStop }: Props) {
  const [base, setBase] = useState(plan);
  const [now, setNow] = useState<PlanVersion>(plan);
  const [newest, setNewest] = useState<PlanVersion | null>(null);
  const [leaving, setLeaving] = useState<string | null>(null);
  const changed = differing(base, now).length > 0;
  useLayoutEffect(() => (changed ? hold(setLeaving) : undefined), [changed]);
  const { busy, error, submit, wrong } = useSubmit(async () => {
    const mine = tidy(now);
    setNow({ ...now, ...mine });
    const answer = await savePlan(organisation, client, base.version, mine);
    if ("saved" in answer) onSaved(answer.saved);
    else if (differing(mine, answer.newest).length === 0) onSaved(answer.newest);
    else setNewest(answer.newest);
  });
  const leave = (to: string) => {
    letGo();
    if (to) navigate(to);
    else onStop();
  };
  const dialog = leaving !== null && <LeaveDialog onStay={() => setLeaving(null)} onLeave={() => leave(leaving)} />;
  if (newest) {
    const go = (choices: Parameters<typeof chosen>[0]) => {
      setNow({ ...newest, ...chosen(choices, now, newest) });
      setBase(newest);
      setNewest(null);
    };
    return (
      <>
        <ChooseTexts base={base} mine={now} newest={newest} onChosen={go} />
        {dialog}
      </>
    );
  }
  return (
    <form class="form plan-form" onSubmit={submit} noValidate>
      <FocusedHeading text={t("plan.change")} />
      <p class="quiet">{t("plan.together")}</p>
      <div role="status">{told > base.version && !busy && <p class="notice">{t("plan.newer")}</p>}</div>
      <PlanFields plan={now} onChange={(next) => setNow({ ...now, ...next })} wrong={wrong} />
      <FormError error={error} />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={busy}>
          {t("hours.save")}
        </button>
        <button type="button" class="button" onClick={() => (changed ? setLeaving("") : onStop())}>
          {t("dialog.cancel")}
        </button>
      </div>
      {dialog}
    </form>
  );
}
