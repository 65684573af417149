// A file of people: first what would happen with each row, then inviting the good ones. Nothing is done before that.
import { useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/http";
import { importPeople, MOST_IMPORT, previewImport, type ImportRow } from "../../api/console";
import { plural, t } from "../../i18n/text";
import { nameOf } from "../../state/select";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { useLatest, useSubmit } from "../../ui/submit";
import { roleName } from "../organisations/roles";

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const file = useRef<File | null>(null);
  const [rows, setRows] = useState<readonly ImportRow[] | null>(null);
  const [done, setDone] = useState(false);
  const preview = useLatest(async () => {
    const looked = file.current;
    if (!looked) return;
    if (looked.size > MOST_IMPORT) throw new ApiError(400, "csv_too_large", t("console.importTooLarge"));
    const found = await previewImport(looked);
    if (looked === file.current) setRows(found);
  });
  const invite = useSubmit(async () => {
    if (!file.current) return;
    setRows(await importPeople(file.current));
    setDone(true);
  });
  const good = rows?.filter((row) => row.outcome === "invite").length ?? 0;
  const choose = (chosen: File | null) => {
    file.current = chosen;
    setRows(null);
    setDone(false);
    preview.submit();
  };
  return (
    <Dialog title={t("console.import")} close={t("dialog.close")} onClose={onClose}>
      <div class="form">
        <p>{t("console.importText")}</p>
        <label class="field">
          <span>{t("console.importFile")}</span>
          <input class="input" type="file" accept=".csv,text/csv" onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)} />
        </label>
        <FormError error={preview.error ?? invite.error} />
        <p role="status">{rows && plural(done ? "console.importDone" : "console.importGood", good)}</p>
        {rows && <Rows rows={rows} />}
        <div class="actions end">
          <button type="button" class="button" onClick={onClose}>
            {done ? t("invite.done") : t("dialog.cancel")}
          </button>
          {!done && good > 0 && (
            <button type="button" class="button primary" onClick={() => invite.submit()} aria-disabled={invite.busy}>
              {plural("console.importSubmit", good)}
            </button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Rows({ rows }: { rows: readonly ImportRow[] }) {
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={t("console.importRows")}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t("console.importLine")}</th>
            <th scope="col">{t("console.importWho")}</th>
            <th scope="col">{t("console.importWhat")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line} class={row.outcome}>
              <td>{row.line}</td>
              <td>
                {nameOf(row)} {row.role && <span class="quiet">{roleName(row.role)}</span>}
                <br />
                <span class="quiet">{row.email}</span>
              </td>
              <td>{row.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
