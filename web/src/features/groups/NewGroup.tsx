// Making a group: a name, a symbol, and whom to bring in.
import { useState } from "preact/hooks";
import { makeGroup, type Symbol } from "../../api/groups";
import { t } from "../../i18n/text";
import { navigate } from "../../platform/router";
import { state } from "../../realtime/store";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { contactsOf } from "../conversations/contacts-of";
import { Choose } from "./Choose";
import { LookFields } from "./LookFields";

export function NewGroup({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState("");
  const [symbol, setSymbol] = useState<Symbol>("people");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const form = useSubmit(async () => {
    need({ title, people: chosen.join() });
    const made = await makeGroup({ title, symbol }, chosen);
    onClose();
    navigate(`/gesprekken/${made.conversation}`);
  });
  return (
    <Dialog title={t("groups.new")} close={t("dialog.close")} onClose={onClose}>
      <form class="form" onSubmit={form.submit} noValidate>
        <FormError error={form.error} />
        <LookFields title={title} symbol={symbol} onTitle={setTitle} onSymbol={setSymbol} wrong={form.wrong("title")} />
        <Choose people={contactsOf(state.value)} chosen={chosen} onChange={setChosen} wrong={form.wrong("people")} />
        <p class="hint">{t("groups.clientsSee")}</p>
        <div class="actions end">
          <button type="button" class="button" onClick={onClose}>
            {t("dialog.cancel")}
          </button>
          <button type="submit" class="button primary" aria-disabled={form.busy}>
            {t("groups.make")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
