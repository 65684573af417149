// A new team, or another name and promise for one.
import { useState } from "preact/hooks";
import { changeTeam, makeTeam, type Team } from "../../api/console";
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { SelectField } from "../../ui/SelectField";
import { need, useSubmit } from "../../ui/submit";
import { PROMISES, promised } from "./promise";
import { wordsFor } from "./words";

interface Props {
  readonly team: Team | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function TeamDialog({ team, onClose, onDone }: Props) {
  const [name, setName] = useState(team?.name ?? "");
  const [kind, setKind] = useState<Team["kind"]>(team?.kind ?? "planning");
  const [promise, setPromise] = useState(String(team?.promiseMinutes ?? 480));
  const form = useSubmit(async () => {
    need({ name });
    const said = { name: name.trim(), promiseMinutes: Number(promise) };
    if (team) await changeTeam(team.id, said);
    else await makeTeam({ ...said, kind });
    onDone();
  });
  const times = [...new Set([...PROMISES, Number(promise)])].sort((a, b) => a - b);
  const kinds = [
    { value: "planning" as const, label: t("role.planner") },
    { value: "support" as const, label: t("role.support") },
  ];
  return (
    <Dialog title={team ? t("console.editTeamOf", { name: team.name }) : t("console.newTeam")} close={t("dialog.close")} onClose={onClose}>
      <form class="form" onSubmit={form.submit} noValidate>
        <FormError error={form.error} />
        <Field label={t("console.teamName")} autocomplete="off" required value={name} onInput={setName} error={wordsFor(form, "name")} />
        {!team && <SelectField label={t("console.teamKind")} value={kind} options={kinds} onChange={setKind} />}
        <SelectField
          label={t("console.promise")}
          value={promise}
          options={times.map((minutes) => ({ value: String(minutes), label: promised(minutes) }))}
          onChange={setPromise}
        />
        <p class="hint">{t("console.promiseHint")}</p>
        <div class="actions end">
          <button type="button" class="button" onClick={onClose}>
            {t("dialog.cancel")}
          </button>
          <button type="submit" class="button primary" aria-disabled={form.busy}>
            {t("console.save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
