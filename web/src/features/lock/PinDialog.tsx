// Setting, changing and switching off the PIN. Changing and switching off ask the PIN first, or the password, of who has one;
// until a new PIN, entered twice, is saved the one before stays. One that many would guess is warned of, and taken when the
// person wants it all the same. Where the answer to setting one was lost, the server has a lock that this device cannot
// open: the password puts another in its place.
import { useState } from "preact/hooks";
import { ApiError } from "../../api/http";
import { reauthenticate } from "../../api/sign-in";
import { t, type Key } from "../../i18n/text";
import { Dialog } from "../../ui/Dialog";
import { useFocusAtFirst } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { need, useSubmit } from "../../ui/submit";
import { useOwnPassword } from "../accounts/own-password";
import { PasswordField } from "../accounts/PasswordField";
import { wordsOf as passwordWords } from "../second-factor/words";
import { changePin, proveEither, provePin, removePin, removePinByPassword, replacePin, setPin, type Proven } from "./by-pin";
import { isKept, minutesAway } from "./here";
import { isPin, isWeak } from "./pin";
import { PinField } from "./PinField";
import { wordsOf } from "./words";

export type Deed = "set" | "change" | "off";

const TITLES: Readonly<Record<Deed, Key>> = { set: "lock.use", change: "lock.change", off: "lock.off" };

export function PinDialog({ deed, onClose }: { deed: Deed; onClose: () => void }) {
  const [save, setSave] = useState<Save | null>(() => (deed === "set" ? first : null));
  const own = useOwnPassword();
  const onHalfSet = () => own && setSave(null);
  const prove = async (said: string, byPassword: boolean) => {
    if (deed === "off") {
      await (byPassword ? removePinByPassword(said) : removePin(said));
      return onClose();
    }
    const next = byPassword ? await afterPassword(said) : after(await provePin(said));
    setSave(() => next);
  };
  return (
    <Dialog title={t(TITLES[deed])} close={t("dialog.close")} onClose={onClose}>
      {save ? (
        <NewPin save={save} onDone={onClose} onHalfSet={onHalfSet} again={save !== first} />
      ) : (
        <Prove deed={deed} own={own} prove={prove} />
      )}
    </Dialog>
  );
}

type Save = (pin: string) => Promise<void>;

const first: Save = (pin) => setPin(pin, minutesAway.peek());

/** Where an answer was lost, what it was to may be the PIN by now. */
function after(proven: Proven): Save {
  let now = proven;
  let said: string | null = null;
  return async (pin) => {
    if (said !== null) now = await proveEither(said, now.pin);
    said = null;
    await changePin(now, pin).catch((cause: unknown) => {
      if (cause instanceof ApiError && cause.code === "unreachable") said = pin;
      throw cause;
    });
  };
}

async function afterPassword(password: string): Promise<Save> {
  await reauthenticate(password);
  return (pin) => replacePin(password, pin);
}

function wrong(field: string, code: string): ApiError {
  return new ApiError(422, code, "", [{ field, code, text: "" }]);
}

interface ProveProps {
  readonly deed: Deed;
  readonly own: boolean;
  readonly prove: (said: string, byPassword: boolean) => Promise<void>;
}

function Prove({ deed, own, prove }: ProveProps) {
  const [byPassword, setByPassword] = useState(deed === "set");
  const [said, setSaid] = useState("");
  const form = useSubmit(async () => {
    if (byPassword) need({ password: said });
    else if (!isPin(said)) throw wrong("pin", "no_pin");
    await prove(said, byPassword);
  });
  const swap = () => {
    setByPassword(!byPassword);
    setSaid("");
  };
  const named = form.wrong("pin") ?? form.wrong("password");
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      {deed === "set" && <p>{t("lock.setHalf")}</p>}
      <FormError error={named ? null : form.error} />
      {byPassword ? (
        <PasswordField value={said} onInput={setSaid} error={passwordWords(form, "password")} />
      ) : (
        <PinField label={t("lock.current")} value={said} onInput={setSaid} error={wordsOf(form)} />
      )}
      {own && deed !== "set" && (
        <button type="button" class="text-button at-start" onClick={swap}>
          {t(byPassword ? "lock.byPin" : "lock.byPassword")}
        </button>
      )}
      <button type="submit" class={`button wide ${deed === "off" ? "danger" : "primary"}`} aria-disabled={form.busy}>
        {t(deed === "off" ? "lock.off" : "factor.next")}
      </button>
    </form>
  );
}

interface NewPinProps {
  readonly save: Save;
  readonly onDone: () => void;
  readonly onHalfSet: () => void;
  readonly again: boolean;
}

function NewPin({ save, onDone, onHalfSet, again }: NewPinProps) {
  const [pin, setNew] = useState("");
  const [twice, setTwice] = useState("");
  const [warned, setWarned] = useState("");
  const first = useFocusAtFirst<HTMLParagraphElement>();
  const form = useSubmit(async () => {
    if (!isPin(pin)) throw wrong("pin", "no_pin");
    if (twice !== pin) throw wrong("again", "differs");
    if (isWeak(pin) && warned !== pin) return setWarned(pin);
    await save(pin).catch((cause: unknown) => {
      if (cause instanceof ApiError && cause.code === "lock_on" && !isKept()) onHalfSet();
      throw cause;
    });
    onDone();
  });
  const isWarned = warned !== "" && warned === pin;
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      <p tabIndex={-1} ref={again ? first : null}>
        {t("lock.newText")}
      </p>
      <FormError error={form.error?.fields.length ? null : form.error} />
      <PinField label={t("lock.new")} hint={t("lock.newHint")} value={pin} onInput={setNew} error={wordsOf(form)} />
      <PinField label={t("lock.again")} name="again" value={twice} onInput={setTwice} error={wordsOf(form, "again")} />
      <div role="status">
        {isWarned && (
          <p class="notice">
            <Icon name="warning" size={22} />
            <span>{t("lock.weak")}</span>
          </p>
        )}
      </div>
      <button type="submit" class="button primary wide" aria-disabled={form.busy}>
        {t(isWarned ? "lock.useAnyway" : "lock.save")}
      </button>
    </form>
  );
}
