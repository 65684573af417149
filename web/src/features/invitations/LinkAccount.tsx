// Linking the invitation to an account one has. Being signed in is not enough: the person confirms to which account, and
// gives the password again when signing in was some time ago.
import { useEffect, useState } from "preact/hooks";
import { loadAccount, type Account } from "../../api/accounts";
import { ApiError, loadSession } from "../../api/http";
import { link } from "../../api/invitations";
import { reauthenticate, signOut } from "../../api/sign-in";
import { t } from "../../i18n/text";
import { nameOf } from "../../state/select";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { PasswordField } from "../accounts/PasswordField";
import { SignInForm } from "../accounts/SignIn";

interface Props {
  readonly token: string;
  readonly onDone: (conversation: string | null) => void;
  readonly onBack: () => void;
}

type Step = "looking" | "signingIn" | "confirming" | "password";

export function LinkAccount({ token, onDone, onBack }: Props) {
  const [account, setAccount] = useState<Account | null>(null);
  const [step, setStep] = useState<Step>("looking");
  const lookWho = async () => {
    const found = await accountSignedIn();
    setAccount(found);
    setStep(found ? "confirming" : "signingIn");
  };
  useEffect(() => void lookWho().catch(() => setStep("signingIn")), []);

  const linkNow = async () => {
    try {
      onDone((await link(token)).conversation);
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      if (cause.code === "reauthenticate") return setStep("password");
      if (cause.code === "sign_in_first") return setStep("signingIn");
      throw cause;
    }
  };
  const confirm = useSubmit(linkNow);
  const other = useSubmit(async () => {
    await signOut();
    setAccount(null);
    setStep("signingIn");
  });

  if (step === "looking") return <span class="skeleton form-skeleton" />;
  if (step === "password") return <Again onDone={linkNow} />;
  if (step === "signingIn" || !account)
    return (
      <section class="form">
        <h2>{t("link.signIn")}</h2>
        <p>{t("link.signInText")}</p>
        <SignInForm onSignedIn={lookWho} />
        <button type="button" class="button" onClick={onBack}>
          {t("invitation.back")}
        </button>
      </section>
    );
  return (
    <section class="form">
      <FormError error={confirm.error ?? other.error} />
      <p>{t("link.confirm", { name: nameOf(account), email: account.emails[0] ?? "" })}</p>
      <button type="button" class="button primary wide" onClick={() => confirm.submit()} aria-disabled={confirm.busy}>
        {t("link.submit")}
      </button>
      <button type="button" class="button wide" onClick={() => other.submit()} aria-disabled={other.busy}>
        {t("link.other")}
      </button>
    </section>
  );
}

const accountSignedIn = async (): Promise<Account | null> => ((await loadSession()).signedIn ? loadAccount() : null);

function Again({ onDone }: { onDone: () => Promise<void> }) {
  const [password, setPassword] = useState("");
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ password });
    await reauthenticate(password);
    await onDone();
  });
  return (
    <form class="form" onSubmit={submit} noValidate>
      <p>{t("link.passwordAgain")}</p>
      <FormError error={error?.status === 422 ? null : error} />
      <PasswordField value={password} onInput={setPassword} error={wrong("password") && t("error.wrongPassword")} />
      <button type="submit" class="button primary wide" aria-disabled={busy}>
        {t("link.submit")}
      </button>
    </form>
  );
}
