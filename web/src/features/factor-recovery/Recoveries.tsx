// For client support and administrators: switching off the second factor of who has lost it, and what was asked so far.
// The privacy officer sees the list alone.
import { useEffect, useState } from "preact/hooks";
import { loadRecoveries, type Recovery } from "../../api/factor-recovery";
import { t, type Key } from "../../i18n/text";
import { fullTime } from "../../i18n/time";
import { state } from "../../realtime/store";
import { mayRecoverFactor, nameOf } from "../../state/select";
import { FormError } from "../../ui/FormError";
import { useLatest } from "../../ui/submit";
import { WidePane } from "../../ui/WidePane";
import { AskRecovery } from "./AskRecovery";
import { HOW_NAMES } from "./words";

const OUTCOMES: Readonly<Record<Recovery["outcome"], Key>> = {
  "": "recovery.goesOn",
  stopped: "recovery.stopped",
  done: "recovery.done",
};

export function Recoveries() {
  const [found, setFound] = useState<readonly Recovery[] | null>(null);
  const { error, submit } = useLatest(async () => setFound(await loadRecoveries()));
  useEffect(() => submit(), []);
  return (
    <WidePane title={t("recovery.title")}>
      {mayRecoverFactor(state.value) && <AskRecovery onAsked={() => submit()} />}
      <h3>{t("recovery.asked")}</h3>
      <FormError error={error} />
      {found?.length === 0 && <p class="quiet">{t("recovery.none")}</p>}
      <ul class="uses">
        {(found ?? []).map((one) => (
          <One key={one.id} recovery={one} />
        ))}
      </ul>
    </WidePane>
  );
}

function One({ recovery }: { recovery: Recovery }) {
  const due = fullTime(new Date(recovery.dueAt));
  return (
    <li class="use">
      <p>
        <strong>{t("recovery.line", { staff: nameOf(recovery.by), person: nameOf(recovery.person) })}</strong>
      </p>
      <p>
        {t(HOW_NAMES[recovery.how])}
        {recovery.note && `: ${recovery.note}`}
      </p>
      <p class="quiet">
        <time dateTime={recovery.at}>{fullTime(new Date(recovery.at))}</time>. {t(OUTCOMES[recovery.outcome], { due })}
      </p>
    </li>
  );
}
