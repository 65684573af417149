// Which files may be sent in the organisation, how much is kept, and whether anything looks for viruses in it.
import { useState } from "preact/hooks";
import { loadFilePolicy, saveFilePolicy, type FilePolicy } from "../../api/console";
import { ApiError } from "../../api/http";
import type { FileKind } from "../../api/protocol";
import { plural, t } from "../../i18n/text";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { Saved } from "../../ui/Saved";
import { useSubmit } from "../../ui/submit";
import { kindsName } from "../files/FileFilters";
import { KINDS } from "../files/filters";
import { fileSize } from "../files/words";
import { useLoaded } from "./use-loaded";
import { wordsFor } from "./words";

export function FilesPage() {
  const { data, error } = useLoaded(loadFilePolicy);
  return (
    <>
      <FormError error={error} />
      {!data && !error && <ListSkeleton rows={3} />}
      {data && (
        <div class="file-policy">
          <Scanner scanned={data.scanned} />
          <p>{plural("console.filesUsed", data.count, { size: fileSize(data.used) })}</p>
          <Form policy={data} />
        </div>
      )}
    </>
  );
}

function Scanner({ scanned }: { scanned: boolean }) {
  return (
    <p class={scanned ? "scanner" : "notice"}>
      <Icon name={scanned ? "check" : "warning"} size={22} />
      <span>{t(scanned ? "console.filesScanned" : "console.filesNotScanned")}</span>
    </p>
  );
}

function Form({ policy }: { policy: FilePolicy }) {
  const [largest, setLargest] = useState(String(policy.largestMib));
  const [kinds, setKinds] = useState<readonly FileKind[]>(policy.kinds);
  const [savedAt, setSavedAt] = useState(0);
  const form = useSubmit(async () => {
    setSavedAt(0);
    await saveFilePolicy({ largestMib: checked(largest, policy.hostLargestMib), kinds });
    setSavedAt(Date.now());
  });
  const choose = (kind: FileKind, on: boolean) => {
    setSavedAt(0);
    setKinds(KINDS.filter((one) => (one === kind ? on : kinds.includes(one))));
  };
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      <Field
        label={t("console.filesLargest")}
        hint={t("console.filesLargestHint", { most: policy.hostLargestMib })}
        value={largest}
        required
        onInput={(value) => {
          setSavedAt(0);
          setLargest(value);
        }}
        error={wordsFor(form, "largestMib")}
      />
      <fieldset class="file-kinds">
        <legend>{t("console.filesKinds")}</legend>
        {KINDS.map((kind) => (
          <label key={kind} class="tick">
            <input type="checkbox" checked={kinds.includes(kind)} onChange={(event) => choose(kind, event.currentTarget.checked)} />
            <span>{kindsName(kind)}</span>
          </label>
        ))}
      </fieldset>
      {kinds.length === 0 && <p class="hint">{t("console.filesNoKinds")}</p>}
      <p class="hint">{t("console.filesStay")}</p>
      <FormError error={form.error} />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={form.busy}>
          {t("console.save")}
        </button>
        <Saved at={savedAt} />
      </div>
    </form>
  );
}

/** Whole megabytes that the host allows; refused as the server would, in words of the field. */
function checked(largest: string, most: number): number {
  const size = Number(largest);
  if (Number.isInteger(size) && size >= 1 && size <= most) return size;
  throw new ApiError(422, "invalid", "", [{ field: "largestMib", code: "invalid", text: t("console.filesLargestWrong", { most }) }]);
}
