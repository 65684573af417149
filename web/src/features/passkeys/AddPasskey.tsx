// Adding a passkey: a name, what the browser asks, and recovery codes where there were none. Who has to show again who they
// are does so in between, and then goes on by a button: browsers make no passkey without a press.
import { useState } from "preact/hooks";
import { ApiError } from "../../api/http";
import { addPasskey, beginPasskey } from "../../api/passkeys";
import { t } from "../../i18n/text";
import { makePasskey } from "../../platform/passkeys";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { RecoveryCodes } from "../second-factor/RecoveryCodes";
import { wordsOf } from "../second-factor/words";
import { asks, Prove, type Asks } from "./Prove";
import { usualName } from "./words";

/** The server takes no longer name, and would refuse it when the passkey is made already. */
const LONGEST = 60;

interface Props {
  readonly onDone: () => void;
  readonly onCodes?: () => void;
  readonly warn?: boolean;
  readonly passkey: boolean;
}

export function AddPasskey({ onDone, onCodes, warn = false, passkey }: Props) {
  const [name, setName] = useState(() => usualName(navigator.userAgent));
  const [proving, setProving] = useState<Asks | null>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const form = useSubmit(async () => {
    need({ name });
    try {
      const made = await makePasskey(await beginPasskey());
      if (!made) throw new ApiError(0, "passkey_unmade", t("passkeys.unmade"));
      const added = await addPasskey(name.trim(), made);
      if (added.codes.length === 0) return onDone();
      setCodes(added.codes);
      onCodes?.();
    } catch (cause) {
      const step = cause instanceof ApiError ? asks(cause.code) : null;
      if (!step) throw cause;
      setProving(step);
    }
  });
  const proven = async () => {
    try {
      await beginPasskey();
      setProving(null);
    } catch (cause) {
      const step = cause instanceof ApiError ? asks(cause.code) : null;
      if (!step) throw cause;
      setProving(step);
    }
  };
  if (codes.length > 0) return <RecoveryCodes codes={codes} onDone={onDone} warn={warn} />;
  if (proving) return <Prove step={proving} onDone={proven} passkey={passkey} />;
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      <p>{t("passkeys.explain")}</p>
      <FormError error={form.wrong("name") ? null : form.error} />
      <Field
        label={t("passkeys.name")}
        hint={t("passkeys.nameHint")}
        name="name"
        maxLength={LONGEST}
        required
        value={name}
        onInput={setName}
        error={wordsOf(form, "name")}
      />
      <button type="submit" class="button primary wide" aria-disabled={form.busy}>
        {t("passkeys.make")}
      </button>
    </form>
  );
}
