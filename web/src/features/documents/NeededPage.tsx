// What is still needed everywhere one takes part, with the way to the message that asks for it.
import { useEffect, useState } from "preact/hooks";
import { listNeeded, type Needed } from "../../api/documents";
import { plural, t } from "../../i18n/text";
import { dayName, fullTime } from "../../i18n/time";
import { state } from "../../realtime/store";
import { isStaff } from "../../state/select";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { useLatest } from "../../ui/submit";
import { goTo } from "../messages/go-to";
import { openIn, parts } from "./needed";

export function NeededPage() {
  const now = state.value;
  const [listed, setListed] = useState<readonly Needed[] | null>(null);
  const { error, submit } = useLatest(async () => setListed((await listNeeded()).documents));
  useEffect(() => submit(), [openIn(now), now.organisations[0]?.id]);
  const shown = parts(now, listed ?? []);
  const count = shown.reduce((sum, { documents }) => sum + documents.length, 0);
  return (
    <div class="needed-page">
      <p role="status" class="only-read">
        {listed && plural("documents.neededCount", count)}
      </p>
      {shown.map(({ key, name, documents }) => (
        <section key={key} class="needed-part" aria-labelledby={`needed-${key}`}>
          <h3 id={`needed-${key}`}>{name}</h3>
          <ul>
            {documents.map((one) => (
              <Row key={`${one.conversation}-${one.seq}-${one.number}`} needed={one} />
            ))}
          </ul>
        </section>
      ))}
      {!listed && !error && <ListSkeleton rows={4} />}
      {listed && count === 0 && <None />}
      {error && (
        <div class="files-failed">
          <FormError error={error} />
          <button type="button" class="button" onClick={submit}>
            {t("messages.again")}
          </button>
        </div>
      )}
    </div>
  );
}

function Row({ needed: { conversation, seq, name, at } }: { needed: Needed }) {
  const then = new Date(at);
  return (
    <li class="document">
      <Icon name="circle" size={20} />
      <div class="document-body">
        <div class="document-words">
          <p class="document-name">{name}</p>
          <p class="document-state">
            <time dateTime={at} title={fullTime(then)}>
              {t("documents.since", { day: dayName(then, new Date()) })}
            </time>
          </p>
        </div>
        <button type="button" class="button small" aria-label={`${t("files.toMessage")}: ${name}`} onClick={() => goTo(conversation, seq)}>
          <Icon name="message" size={18} />
          {t("files.toMessage")}
        </button>
      </div>
    </li>
  );
}

function None() {
  return (
    <div class="empty">
      <Icon name="check" size={48} />
      <h3>{t("documents.noneNeeded")}</h3>
      <p>{t(isStaff(state.value) ? "documents.noneNeededStaff" : "documents.noneNeededClient")}</p>
    </div>
  );
}
