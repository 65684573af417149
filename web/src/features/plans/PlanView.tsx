// A plan to read, to print and to change. When it cannot be read this says so, and nothing else of the page waits for it.
import { useState } from "preact/hooks";
import type { PlanVersion } from "../../api/plans";
import { t } from "../../i18n/text";
import { date } from "../../i18n/time";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { useFocusWhenLost } from "../../ui/focus";
import { Icon } from "../../ui/Icon";
import { Saved } from "../../ui/Saved";
import { PlanForm } from "./PlanForm";
import { PlanText } from "./PlanText";
import { isEmpty } from "./parts";
import { usePlan } from "./use-plan";

interface Props {
  readonly organisation: string | undefined;
  readonly client: string | undefined;
  readonly title: string;
  /** There is no line. */
  readonly gone: boolean;
}

export function PlanView({ organisation, client, title, gone }: Props) {
  const [changing, setChanging] = useState(false);
  const [savedAt, setSavedAt] = useState(0);
  const { plan, error, load, keep, told } = usePlan(organisation, client, changing);
  if (!plan && error?.code === "not_found") return <p class="notice">{t("plan.notYours")}</p>;
  if (!plan && (error || gone)) return <Unreadable onAgain={load} />;
  if (!plan || !organisation || !client) return <Skeleton title={title} />;
  if (changing) {
    const saved = (next: PlanVersion) => {
      keep(next);
      setSavedAt(Date.now());
      setChanging(false);
    };
    return (
      <PlanForm organisation={organisation} client={client} plan={plan} told={told} onSaved={saved} onStop={() => setChanging(false)} />
    );
  }
  const change = () => {
    setSavedAt(0);
    setChanging(true);
  };
  return <Whole plan={plan} title={title} own={client === state.value.me?.id} savedAt={savedAt} onChange={change} />;
}

interface WholeProps {
  readonly plan: PlanVersion;
  readonly title: string;
  readonly own: boolean;
  readonly savedAt: number;
  readonly onChange: () => void;
}

function Whole({ plan, title, own, savedAt, onChange }: WholeProps) {
  const heading = useFocusWhenLost<HTMLHeadingElement>(plan.version);
  const empty = isEmpty(plan);
  const by = plan.changedBy ? nameOf(plan.changedBy) : "";
  return (
    <article class="plan" aria-labelledby="plan-title">
      <h3 id="plan-title" tabIndex={-1} ref={heading}>
        {title}
      </h3>
      <div class="no-print saved-line">
        <Saved at={savedAt} />
      </div>
      {empty ? <p>{t(own ? "plan.none" : "plan.noneClient")}</p> : <PlanText plan={plan} />}
      {plan.changedAt && (
        <p class="quiet">
          {by ? t("plan.changedBy", { date: date(new Date(plan.changedAt)), name: by }) : t("plan.changedOn", { date: date(new Date(plan.changedAt)) })}
        </p>
      )}
      <div class="actions">
        <button type="button" class="button primary" onClick={onChange}>
          {t(empty ? "plan.make" : "plan.change")}
        </button>
        {!empty && (
          <button type="button" class="button" onClick={() => print()}>
            {t("plan.print")}
          </button>
        )}
      </div>
    </article>
  );
}

function Unreadable({ onAgain }: { onAgain: () => void }) {
  return (
    <div class="notice plan-unreadable" role="status">
      <Icon name="offline" size={22} />
      <div>
        <p>{t("plan.unreadable")}</p>
        <button type="button" class="text-button" onClick={onAgain}>
          {t("plan.again")}
        </button>
      </div>
    </div>
  );
}

function Skeleton({ title }: { title: string }) {
  return (
    <div class="plan">
      <h3>{title}</h3>
      <span class="skeleton form-skeleton" aria-hidden="true" />
    </div>
  );
}
