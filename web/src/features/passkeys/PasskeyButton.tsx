// Asks for a passkey and hands it on: to sign in, or to show once more who one is. Nothing is drawn where the browser or
// this address has no passkeys.
import { useEffect, useState } from "preact/hooks";
import { ApiError, loadSession } from "../../api/http";
import { askForPasskey } from "../../api/passkeys";
import { t } from "../../i18n/text";
import { hasPasskeys, takePasskey, type UsedPasskey } from "../../platform/passkeys";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useSubmit } from "../../ui/submit";

interface Props {
  readonly label: string;
  readonly onUsed: (used: UsedPasskey) => Promise<void>;
}

/** Null: not known yet. */
export function usePasskeys(): boolean | null {
  const [possible, setPossible] = useState(hasPasskeys() ? null : false);
  useEffect(() => {
    if (possible === null) loadSession().then(({ passkeys }) => setPossible(passkeys), () => setPossible(false));
  }, []);
  return possible;
}

export function PasskeyButton({ label, onUsed }: Props) {
  const impossible = usePasskeys() === false;
  const { busy, error, submit } = useSubmit(async () => {
    const used = await takePasskey(await askForPasskey());
    if (!used) throw new ApiError(0, "passkey_unused", t("passkeys.unused"));
    await onUsed(used);
  });
  if (impossible) return null;
  return (
    <div class="passkey">
      <button type="button" class="button wide" aria-disabled={busy} onClick={() => submit()}>
        <Icon name="lock" size={20} />
        {label}
      </button>
      <FormError error={error} />
    </div>
  );
}
