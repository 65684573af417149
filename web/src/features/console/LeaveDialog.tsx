// A colleague leaves, or only hands over: each conversation with a client goes to somebody, and the client is told.
import { useState } from "preact/hooks";
import { deactivate, handOver, loadLeaving, type Colleague, type Leaving, type Left } from "../../api/console";
import { plural, t } from "../../i18n/text";
import { nameOf } from "../../state/select";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { SelectField } from "../../ui/SelectField";
import { useSubmit } from "../../ui/submit";
import { useLoaded } from "./use-loaded";

interface Props {
  readonly who: Colleague;
  readonly people: readonly Colleague[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function LeaveDialog(props: Props) {
  const { who, onClose } = props;
  const { data, error, reload } = useLoaded(() => loadLeaving(who.id));
  return (
    <Dialog title={t("console.endOf", { name: nameOf(who) })} close={t("dialog.close")} onClose={onClose}>
      <FormError error={error} />
      {!data && !error && <ListSkeleton rows={2} />}
      {data && <Form {...props} leaving={data} onChanged={reload} />}
    </Dialog>
  );
}

function Form({ who, people, leaving, onClose, onDone, onChanged }: Props & { leaving: Leaving; onChanged: () => void }) {
  const [to, setTo] = useState<Readonly<Record<string, string>>>({});
  const [sure, setSure] = useState(false);
  const { conversations } = leaving;
  const successors = conversations.map(({ conversation }) => ({ conversation, colleague: to[conversation] ?? "" }));
  const complete = successors.every((one) => one.colleague !== "");
  const run = (action: typeof deactivate) => async () => {
    try {
      await action(who.id, successors);
      onDone();
    } catch (cause) {
      onChanged();
      throw cause;
    }
  };
  const end = useSubmit(run(deactivate));
  const only = useSubmit(run(handOver));
  const colleagues = people
    .filter((one) => one.role === "practitioner" && one.id !== who.id)
    .map((one) => ({ value: one.id, label: nameOf(one) }));
  const nobody = { value: "", label: t("console.choosePerson") };
  const all = (colleague: string) => setTo(Object.fromEntries(conversations.map((one) => [one.conversation, colleague])));
  return (
    <form class="form" onSubmit={end.submit} noValidate>
      <p>{t("console.endText", { name: nameOf(who) })}</p>
      {leaving.invitations > 0 && <p>{plural("console.endInvitations", leaving.invitations)}</p>}
      {conversations.length > 0 && (
        <>
          <p>{plural("console.handOver", conversations.length)}</p>
          {colleagues.length === 0 && <p class="form-error">{t("console.noSuccessor")}</p>}
          {conversations.length > 1 && (
            <SelectField label={t("console.handOverAll")} value="" options={[nobody, ...colleagues]} onChange={all} />
          )}
          {conversations.map((one, index) => (
            <SelectField
              key={one.conversation}
              label={nameOfLeft(one, index)}
              value={to[one.conversation] ?? ""}
              options={[nobody, ...colleagues]}
              onChange={(colleague) => setTo({ ...to, [one.conversation]: colleague })}
            />
          ))}
        </>
      )}
      <label class="tick">
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
        <span>{t("console.endSure", { name: nameOf(who) })}</span>
      </label>
      <FormError error={end.error ?? only.error} />
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          {t("dialog.cancel")}
        </button>
        {conversations.length > 0 && (
          <button type="button" class="button" disabled={!complete} onClick={() => only.submit()} aria-disabled={only.busy}>
            {t("console.handOverOnly")}
          </button>
        )}
        <button type="submit" class="button danger" disabled={!complete || !sure} aria-disabled={end.busy}>
          {t("console.end")}
        </button>
      </div>
    </form>
  );
}

const nameOfLeft = (one: Left, index: number): string =>
  one.kind === "group" ? t("console.handOverGroup", { number: index + 1 }) : t("console.handOverOf", { name: one.client });
