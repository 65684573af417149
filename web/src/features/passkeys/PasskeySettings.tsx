// Under the settings: the person's passkeys, one more, one less.
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/http";
import { loadPasskeys, removePasskey, type Passkey } from "../../api/passkeys";
import { t } from "../../i18n/text";
import { date, wallClock } from "../../i18n/time";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { useWaiting } from "../../ui/in-order";
import { useLatest, useSubmit } from "../../ui/submit";
import { AddPasskey } from "./AddPasskey";
import { usePasskeys } from "./PasskeyButton";
import { asks, Prove, type Asks } from "./Prove";

export function PasskeySettings({ onChange }: { onChange: () => void }) {
  const possible = usePasskeys();
  const [passkeys, setPasskeys] = useState<readonly Passkey[] | null>(null);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const load = useLatest(async () => setPasskeys(await loadPasskeys()));
  useEffect(() => load.submit(), []);
  useWaiting(possible === null || (!passkeys && !load.error));
  const close = () => {
    setAdding(false);
    setRemoving(null);
    load.submit();
    onChange();
    heading.current?.focus();
  };
  if (!possible && !passkeys?.length) return null;
  return (
    <section class="passkeys" id="passkeys">
      <h3 tabIndex={-1} ref={heading}>
        {t("passkeys.title")}
      </h3>
      <p class="quiet">{t("passkeys.explain")}</p>
      <FormError error={load.error} />
      {passkeys && passkeys.length > 0 && (
        <ul>
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <div>
                <p class="device-name">{passkey.name}</p>
                <p class="quiet">
                  {t("passkeys.since", { day: date(new Date(passkey.since)) })}{" "}
                  {passkey.usedAt && t("devices.used", { at: wallClock(new Date(passkey.usedAt)) })}
                </p>
              </div>
              <button type="button" class="button" onClick={() => setRemoving(passkey)}>
                {t("passkeys.remove")}
                <span class="only-read"> {passkey.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {possible && (
        <button type="button" class="button" onClick={() => setAdding(true)}>
          {t("passkeys.add")}
        </button>
      )}
      {adding && <AddDialog onClose={close} passkey={!!passkeys?.length} />}
      {removing && <RemoveDialog passkey={removing} onClose={close} />}
    </section>
  );
}

function AddDialog({ onClose, passkey }: { onClose: () => void; passkey: boolean }) {
  const [codes, setCodes] = useState(false);
  const [warn, setWarn] = useState(false);
  const mayClose = () => {
    setWarn(codes);
    return !codes;
  };
  return (
    <Dialog title={t(codes ? "factor.codes" : "passkeys.add")} close={t("dialog.close")} mayClose={mayClose} onClose={onClose}>
      <AddPasskey onDone={onClose} onCodes={() => setCodes(true)} warn={warn} passkey={passkey} />
    </Dialog>
  );
}

function RemoveDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const [proving, setProving] = useState<Asks | null>(null);
  const remove = async () => {
    try {
      await removePasskey(passkey.id);
      onClose();
    } catch (cause) {
      const step = cause instanceof ApiError ? asks(cause.code) : null;
      if (!step) throw cause;
      setProving(step);
    }
  };
  const { busy, error, submit } = useSubmit(remove);
  return (
    <Dialog title={t("passkeys.removeTitle")} close={t("dialog.close")} onClose={onClose}>
      {proving ? (
        <Prove step={proving} onDone={remove} passkey />
      ) : (
        <>
          <p>{t("passkeys.removeText", { name: passkey.name })}</p>
          <FormError error={error} />
          <div class="actions end">
            <button type="button" class="button" onClick={onClose}>
              {t("dialog.cancel")}
            </button>
            <button type="button" class="button danger" aria-disabled={busy} onClick={() => submit()}>
              {t("passkeys.remove")}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
