// Choosing a new password with the key from the mail. All other devices are signed out by it, and so is this one: the
// person signs in with the new password.
import { useEffect, useState } from "preact/hooks";
import { isResetKey, resetPassword } from "../../api/sign-in";
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { dropSecret, takeSecret } from "../../platform/secret";
import { useFocusAtFirst } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { arrive } from "./arrival";
import { Page } from "./Page";
import { missing } from "./password";
import { PasswordField } from "./PasswordField";
import { refusedPassword } from "./refused-password";
import { SignInForm } from "./SignIn";

type Step = "checking" | "choosing" | "changed" | "unusable";

export function NewPassword() {
  const [key] = useState(() => takeSecret("reset"));
  const [step, setStep] = useState<Step>("checking");
  useEffect(() => {
    if (!key) return setStep("unusable");
    isResetKey(key).then(
      (usable) => setStep(usable ? "choosing" : "unusable"),
      () => setStep("choosing"),
    );
  }, [key]);
  const done = () => {
    dropSecret("reset");
    setStep("changed");
  };
  return (
    <Page title={t("reset.title")}>
      {step === "checking" && <span class="skeleton form-skeleton" />}
      {step === "choosing" && key && <Choose secret={key} onDone={done} />}
      {step === "unusable" && <Unusable />}
      {step === "changed" && <Changed />}
    </Page>
  );
}

function Choose({ secret, onDone }: { secret: string; onDone: () => void }) {
  const [password, setPassword] = useState("");
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ password: missing(password).length > 0 ? "" : password });
    await resetPassword(secret, password);
    onDone();
  });
  return (
    <form class="form" onSubmit={submit} noValidate>
      <p>{t("reset.intro")}</p>
      <FormError error={wrong("password") ? null : error} />
      <PasswordField fresh value={password} onInput={setPassword} error={refusedPassword(wrong("password"))} />
      <button type="submit" class="button primary wide" aria-disabled={busy}>
        {t("reset.submit")}
      </button>
    </form>
  );
}

function Unusable() {
  return (
    <>
      <p role="status">{t("reset.unusable")}</p>
      <a class="button primary wide" href="/wachtwoord-vergeten" onClick={follow}>
        {t("reset.again")}
      </a>
    </>
  );
}

function Changed() {
  const text = useFocusAtFirst<HTMLParagraphElement>();
  return (
    <>
      <p role="status" tabIndex={-1} ref={text}>
        {t("reset.changed")}
      </p>
      <SignInForm onSignedIn={() => arrive()} />
    </>
  );
}
