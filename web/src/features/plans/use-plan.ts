// A client's plan as read over HTTP, kept as long as the page is open and no longer. It is read anew when the server tells
// of a newer version and when the line comes back; while it is being changed it stays as it is.
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/http";
import { loadPlan, type PlanVersion } from "../../api/plans";
import { session } from "../../realtime/store";
import { planKey } from "../../state/state";

export interface Read {
  readonly plan: PlanVersion | null;
  readonly error: ApiError | null;
  readonly load: () => void;
  readonly keep: (plan: PlanVersion) => void;
  /** The newest version that the server told of. */
  readonly told: number;
}

export function usePlan(organisation: string | undefined, client: string | undefined, paused: boolean): Read {
  const [plan, setPlan] = useState<PlanVersion | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const asked = useRef(0);
  const { state, link } = session.value;
  const told = (organisation && client && state.plans[planKey(organisation, client)]) || 0;
  const up = link === "up";
  const keep = (read: PlanVersion) => {
    asked.current++;
    setError(null);
    setPlan((before) => (before && before.version > read.version ? before : read));
  };
  /** Who may not read it any more sees it no more; of any other trouble what was read stays. */
  const fail = (cause: ApiError) => {
    setError(cause);
    if (cause.code === "not_found") setPlan(null);
  };
  const load = () => {
    if (!organisation || !client) return;
    const mine = ++asked.current;
    const fresh = () => mine === asked.current;
    loadPlan(organisation, client).then(
      (read) => fresh() && keep(read),
      (cause: unknown) => fresh() && fail(cause instanceof ApiError ? cause : new ApiError(0, "unexpected", "")),
    );
  };
  const wasUp = useRef(up);
  useEffect(() => {
    const cameBack = up && !wasUp.current;
    wasUp.current = up;
    if (!paused && (!plan || cameBack || told > plan.version)) load();
  }, [organisation, client, up, told, paused]);
  return { plan, error, load, keep, told };
}
