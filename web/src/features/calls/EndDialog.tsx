// Ending a call for everybody, asked once.
import { useState } from "preact/hooks";
import type { Call } from "../../api/protocol";
import { t } from "../../i18n/text";
import { askOfCall } from "../../realtime/client";
import { Dialog } from "../../ui/Dialog";

export function EndDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const [refused, setRefused] = useState("");
  const end = async () => {
    setRefused("");
    const answer = await askOfCall((request) => ({ type: "end_call", request, call: call.id }));
    if (answer?.type !== "done") setRefused(answer?.type === "refused" ? answer.text : t("calls.noAnswer"));
  };
  return (
    <Dialog title={t("calls.endForAll")} close={t("dialog.close")} onClose={onClose}>
      <p>{t("calls.endText")}</p>
      {refused && (
        <p class="form-error" role="alert">
          {refused}
        </p>
      )}
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          {t("dialog.cancel")}
        </button>
        <button type="button" class="button danger" onClick={() => void end()}>
          {t("calls.endForAll")}
        </button>
      </div>
    </Dialog>
  );
}
