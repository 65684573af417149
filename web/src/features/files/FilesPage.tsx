// All files one may see, newest first, by month: found by conversation, kind, sender, time and name, with a way to the
// message of each.
import { useEffect, useRef } from "preact/hooks";
import { zipOf, type Listed } from "../../api/files";
import type { Person } from "../../api/protocol";
import { t } from "../../i18n/text";
import { monthName } from "../../i18n/time";
import { navigate, query } from "../../platform/router";
import { isLoading } from "../../realtime/store";
import { focusWhenLost } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { FileFilters } from "./FileFilters";
import { FileRow, PictureTile } from "./FileRow";
import "./files-page.css";
import { ALL, fromAddress, sought, toAddress, wantedBy, type Filters } from "./filters";
import { months } from "./months";
import { useListing } from "./use-listing";
import { isViewable, view } from "./viewing";

export function FilesPage() {
  const filters = fromAddress(query.value);
  const { listing, error, busy, again, older } = useListing(wantedBy(filters, sought.value, new Date()));
  const files = listing?.files ?? [];
  const people = listing?.people ?? [];
  const narrowed = sought.value.trim() !== "" || toAddress(filters) !== toAddress(ALL);
  return (
    <div class="files-page">
      <FileFilters filters={filters} people={people} onChange={choose} />
      {filters.conversation && files.length > 0 && (
        <p class="wide-actions">
          <a class="button small" href={zipOf(filters.conversation)} download>
            <Icon name="download" size={20} />
            {t("files.zip")}
          </a>
        </p>
      )}
      <p role="status" class="only-read">
        {listing && !busy ? t(listing.more ? "files.listedMore" : "files.listed", { count: files.length }) : ""}
      </p>
      <Months files={files} tiles={filters.kind === "picture"} placed={!filters.conversation} people={people} />
      {!listing && !error && <ListSkeleton rows={6} />}
      {listing && files.length === 0 && (narrowed ? <NoneFound /> : <None />)}
      {error && (
        <div class="files-failed">
          <FormError error={error} />
          <button type="button" class="button" onClick={again}>
            {t("messages.again")}
          </button>
        </div>
      )}
      {listing?.more && !error && <More busy={busy} older={older} />}
    </div>
  );
}

const choose = (filters: Filters): void => navigate(toAddress(filters), { replace: true });

interface MonthsProps {
  readonly files: readonly Listed[];
  readonly tiles: boolean;
  readonly placed: boolean;
  readonly people: readonly Person[];
}

function Months({ files, tiles, placed, people }: MonthsProps) {
  const now = new Date();
  const among = files.filter((one) => isViewable(one.file));
  const open = (one: Listed) => view({ file: one.file.id, conversation: one.conversation, among, people });
  const Item = tiles ? PictureTile : FileRow;
  return (
    <>
      {months(files).map((month) => (
        <section key={month.key} class="month" aria-labelledby={`month-${month.key}`}>
          <h3 id={`month-${month.key}`}>{monthName(month.at, now)}</h3>
          <ul class={tiles ? "tiles" : "file-rows"}>
            {month.files.map((one) => (
              <Item key={`${one.file.id}-${one.conversation}-${one.seq}`} listed={one} {...{ people, placed, open }} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Older files come when the end comes into sight, or by the button. */
function More({ busy, older }: { busy: boolean; older: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const ask = useRef(older);
  ask.current = older;
  useEffect(() => {
    if (busy || !button.current) return;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && ask.current(), { rootMargin: "400px" });
    watch.observe(button.current);
    return () => watch.disconnect();
  }, [busy]);
  useEffect(() => () => focusWhenLost(".files-page .month:last-of-type li:last-child button", ".wide-pane h2"), []);
  return (
    <button ref={button} type="button" class="button more-files" aria-disabled={busy} onClick={older}>
      {t(busy ? "files.moreComing" : "files.more")}
    </button>
  );
}

function None() {
  return (
    <div class="empty">
      <Icon name="files" size={48} />
      <h3>{t("files.none")}</h3>
      <p>{t("files.noneText")}</p>
    </div>
  );
}

function NoneFound() {
  const all = () => {
    sought.value = "";
    choose(ALL);
    focusWhenLost(".files-page input");
  };
  return (
    <div class="empty">
      <Icon name="search" size={48} />
      <h3>{t("files.noneFound")}</h3>
      <p>{t("files.noneFoundText")}</p>
      {!isLoading.value && (
        <button type="button" class="button" onClick={all}>
          {t("files.showAll")}
        </button>
      )}
    </div>
  );
}
