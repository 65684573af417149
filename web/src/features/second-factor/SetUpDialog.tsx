// Switching on from the settings: what it is, "Ja", and then the steps. It does not close over recovery codes that the
// person has not said to have kept.
import { useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { SetUp } from "./SetUp";

type Step = "asking" | "setting" | "codes";

export function SetUpDialog({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState<Step>("asking");
  const [warn, setWarn] = useState(false);
  const mayClose = () => {
    setWarn(step === "codes");
    return step !== "codes";
  };
  return (
    <Dialog title={t(step === "codes" ? "factor.codes" : "factor.dialog")} close={t("dialog.close")} mayClose={mayClose} onClose={onClose}>
      {step === "asking" ? (
        <>
          <p>{t("factor.explain")}</p>
          <p>{t("factor.sure")}</p>
          <div class="actions end">
            <button type="button" class="button" onClick={onClose}>
              {t("factor.no")}
            </button>
            <button type="button" class="button primary" onClick={() => setStep("setting")}>
              {t("factor.yes")}
            </button>
          </div>
        </>
      ) : (
        <SetUp onDone={onClose} onCodes={() => setStep("codes")} warn={warn} />
      )}
    </Dialog>
  );
}
