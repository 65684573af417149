// Under the settings: whether the second factor is on, how many recovery codes are left, and what can be done about it.
import { useEffect, useState } from "preact/hooks";
import { loadSecondFactor, type SecondFactor } from "../../api/second-factor";
import { plural, t } from "../../i18n/text";
import { date } from "../../i18n/time";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useWaiting } from "../../ui/in-order";
import { useLatest } from "../../ui/submit";
import { RenewCodes } from "../passkeys/RenewCodes";
import { PasskeySettings } from "../passkeys/PasskeySettings";
import { ProveDialog, type Deed } from "./ProveDialog";
import { SetUpDialog } from "./SetUpDialog";

type Open = Deed | "on" | "codesByPasskey" | null;

export function SecondFactorSettings() {
  const [factor, setFactor] = useState<SecondFactor | null>(null);
  const [open, setOpen] = useState<Open>(null);
  const load = useLatest(async () => setFactor(await loadSecondFactor()));
  useEffect(() => load.submit(), []);
  useWaiting(!factor && !load.error);
  const [linked, setLinked] = useState(false);
  const close = () => {
    setOpen(null);
    load.submit();
  };
  const done = () => {
    setLinked(open === "other");
    close();
  };
  return (
    <section class="second-factor" id="second-factor">
      <h3>{t("factor.title")}</h3>
      <FormError error={load.error} />
      {!factor && !load.error && <span class="skeleton line" />}
      {factor && (factor.on ? <On factor={factor} linked={linked} onOpen={setOpen} /> : <Off factor={factor} onOpen={setOpen} />)}
      <PasskeySettings onChange={() => load.submit()} />
      {open === "codesByPasskey" && <RenewCodes onClose={close} />}
      {open === "on" && <SetUpDialog onClose={close} />}
      {(open === "off" || open === "codes" || open === "other") && (
        <ProveDialog deed={open} passkey={!!factor?.passkeys} onDone={done} onClose={close} />
      )}
    </section>
  );
}

interface Props {
  readonly factor: SecondFactor;
  readonly onOpen: (open: Open) => void;
}

function Off({ factor, onOpen }: Props) {
  return (
    <>
      <p>{t(factor.passkeys > 0 ? "factor.withPasskey" : "factor.isOff")}</p>
      {factor.passkeys > 0 && (
        <>
          <CodesLeft factor={factor} />
          <button type="button" class="button" onClick={() => onOpen("codesByPasskey")}>
            {t("factor.renew")}
          </button>
        </>
      )}
      <p class="quiet">{t("factor.explain")}</p>
      <button type="button" class="button" onClick={() => onOpen("on")}>
        {t("factor.turnOn")}
      </button>
    </>
  );
}

function CodesLeft({ factor }: { factor: SecondFactor }) {
  const few = factor.codesLeft <= 2;
  return (
    <p class={few ? "notice" : ""}>
      {few && <Icon name="warning" size={22} />}
      <span>
        {plural("factor.left", factor.codesLeft)} {few && t("factor.leftFew")}
      </span>
    </p>
  );
}

function On({ factor, linked, onOpen }: Props & { linked: boolean }) {
  const stays = factor.required && factor.passkeys === 0;
  return (
    <>
      <p class="saved">
        <Icon name="check" size={20} />
        {t("factor.isOn", { day: factor.since ? date(new Date(factor.since)) : "" })}
      </p>
      <CodesLeft factor={factor} />
      {stays && <p class="quiet">{t("factor.required")}</p>}
      <div class="actions">
        <button type="button" class="button" onClick={() => onOpen("codes")}>
          {t("factor.renew")}
        </button>
        <button type="button" class="button" onClick={() => onOpen("other")}>
          {t("factor.other")}
        </button>
        {!stays && (
          <button type="button" class="button" onClick={() => onOpen("off")}>
            {t("factor.off")}
          </button>
        )}
      </div>
      <p role="status" class="saved">
        {linked && t("factor.otherLinked")}
      </p>
    </>
  );
}
