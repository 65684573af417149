// For the privacy officer: each time that somebody reached a client without a care relation, and whether that was judged.
import { useEffect, useState } from "preact/hooks";
import { breakGlassUses, markSeen, type Use } from "../../api/break-glass";
import { t } from "../../i18n/text";
import { fullTime } from "../../i18n/time";
import { nameOf } from "../../state/select";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useSubmit } from "../../ui/submit";
import { WidePane } from "../../ui/WidePane";

export function Uses() {
  const [uses, setUses] = useState<readonly Use[] | null>(null);
  const { error, submit } = useSubmit(async () => setUses(await breakGlassUses()));
  useEffect(() => submit(), []);
  const seen = (id: string) => setUses((now) => (now ?? []).map((use) => (use.id === id ? { ...use, seen: true } : use)));
  return (
    <WidePane title={t("menu.breakGlass")}>
      <p>{t("breakGlass.listIntro")}</p>
      <FormError error={error} />
      {uses?.length === 0 && <p class="quiet">{t("breakGlass.none")}</p>}
      <ul class="uses">
        {(uses ?? []).map((use) => (
          <One key={use.id} use={use} onSeen={() => seen(use.id)} />
        ))}
      </ul>
    </WidePane>
  );
}

function One({ use, onSeen }: { use: Use; onSeen: () => void }) {
  const { busy, error, submit } = useSubmit(async () => {
    await markSeen(use.id);
    onSeen();
  });
  return (
    <li class="use">
      <p>
        <strong>{t("breakGlass.use", { staff: nameOf(use.staff), client: nameOf(use.client) })}</strong>
      </p>
      <p>{use.reason}</p>
      <p class="quiet">
        <time dateTime={use.at}>{fullTime(new Date(use.at))}</time>
      </p>
      <FormError error={error} />
      {use.seen ? (
        <p class="quiet">
          <Icon name="check" size={18} /> {t("breakGlass.judged")}
        </p>
      ) : (
        <button type="button" class="button small" aria-disabled={busy} onClick={submit}>
          {t("breakGlass.judge")}
        </button>
      )}
    </li>
  );
}
