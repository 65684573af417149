// Under the settings: another password, for who has one to sign in with. Who gave their second factor some time ago is asked
// for it in between.
import { useState } from "preact/hooks";
import { changePassword } from "../../api/accounts";
import { ApiError } from "../../api/http";
import { loadPasskeys } from "../../api/passkeys";
import { t } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { asks, Prove } from "../passkeys/Prove";
import { wordsOf } from "../second-factor/words";
import { missing } from "./password";
import { PasswordField } from "./PasswordField";
import { refusedPassword } from "./refused-password";

export function PasswordSettings() {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const changed = () => {
    setOpen(false);
    setDone(true);
  };
  return (
    <section class="settings-part" id="password">
      <h3>{t("account.password")}</h3>
      <p class="quiet">{t("password.changeText")}</p>
      <button type="button" class="button" onClick={() => setOpen(true)}>
        {t("password.change")}
      </button>
      <p role="status" class="saved">
        {done && t("password.changed")}
      </p>
      {open && <ChangeDialog onDone={changed} onClose={() => setOpen(false)} />}
    </section>
  );
}

function ChangeDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const [present, setPresent] = useState("");
  const [password, setPassword] = useState("");
  const [proving, setProving] = useState(false);
  const [passkey, setPasskey] = useState(false);
  const form = useSubmit(async () => {
    setProving(false);
    need({ present, password: missing(password).length > 0 ? "" : password });
    try {
      await changePassword(present, password);
    } catch (cause) {
      if (!(cause instanceof ApiError && asks(cause.code))) throw cause;
      setPasskey((await loadPasskeys()).length > 0);
      return setProving(true);
    }
    onDone();
  });
  const named = form.wrong("present") ?? form.wrong("password");
  return (
    <Dialog title={t("password.change")} close={t("dialog.close")} onClose={onClose}>
      {proving ? (
        <Prove step="code" onDone={async () => form.submit()} passkey={passkey} />
      ) : (
        <form class="form" onSubmit={form.submit} noValidate>
          <p>{t("password.changeOthers")}</p>
          <FormError error={named ? null : form.error} />
          <PasswordField
            name="present"
            label={t("password.present")}
            value={present}
            onInput={setPresent}
            error={wordsOf(form, "present")}
          />
          <PasswordField
            fresh
            label={t("password.new")}
            value={password}
            onInput={setPassword}
            error={refusedPassword(form.wrong("password"))}
          />
          <button type="submit" class="button primary wide" aria-disabled={form.busy}>
            {t("password.save")}
          </button>
        </form>
      )}
    </Dialog>
  );
}
