// Under the settings: what a client is called by other clients in groups.
import { useEffect, useState } from "preact/hooks";
import { chooseGroupName, groupName } from "../../api/groups";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { isStaff } from "../../state/select";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { useWaiting } from "../../ui/in-order";
import { Saved } from "../../ui/Saved";
import { useSubmit } from "../../ui/submit";

const LONGEST = 60;

/** Other clients see no more than a first name; staff are known to all by their own. */
export function GroupNameForm() {
  const { me, organisations } = state.value;
  return me && !isStaff(state.value) && <Loaded key={organisations[0]?.id} first={me.firstName} />;
}

function Loaded({ first }: { first: string }) {
  const [kept, setKept] = useState<string | null>(null);
  const { error, submit } = useSubmit(async () => setKept((await groupName()).name));
  useEffect(() => submit(), []);
  useWaiting(kept === null && !error);
  if (kept === null) return <FormError error={error} />;
  return <Form kept={kept} first={first} />;
}

function Form({ kept, first }: { kept: string; first: string }) {
  const [name, setName] = useState(kept);
  const [savedAt, setSavedAt] = useState(0);
  const { busy, error, submit, wrong } = useSubmit(async () => {
    setSavedAt(0);
    const kept = await chooseGroupName(name);
    setName((now) => (now === name ? kept.name : now));
    setSavedAt(Date.now());
  });
  const isWrong = wrong("name") !== undefined;
  return (
    <form class="form" onSubmit={submit} noValidate>
      <h3>{t("groups.ownName")}</h3>
      <Field
        label={t("groups.ownNameLabel")}
        hint={t("groups.ownNameHint", { name: first })}
        value={name}
        onInput={setName}
        maxLength={LONGEST}
        spellcheck={false}
        error={isWrong ? t("groups.ownNameWrong") : undefined}
      />
      <FormError error={isWrong ? null : error} />
      <div class="actions">
        <button type="submit" class="button" aria-disabled={busy}>
          {t("groups.ownNameSave")}
        </button>
        <Saved at={savedAt} />
      </div>
    </form>
  );
}
