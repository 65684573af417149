// Linking the invitation to an account one has. Being signed in is not enough: the person confirms to which account, and
// gives the password again (and a code, who has a second factor) when signing in was some time ago.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { loadAccount, type Account } from "../../api/accounts";
import { ApiError, loadSession } from "../../api/http";
import { link } from "../../api/invitations";
import { proveWithPasskey } from "../../api/passkeys";
import { reauthenticate, reauthenticateWithCode, signOut } from "../../api/sign-in";
import { t } from "../../i18n/text";
import { nameOf } from "../../state/select";
import { useFocusWhenLost } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";
import { PasswordField } from "../accounts/PasswordField";
import { SignInForm } from "../accounts/SignIn";
import { drop } from "../lock/lock";
import { PasskeyButton } from "../passkeys/PasskeyButton";
import { CodeAgain } from "../second-factor/CodeAgain";

interface Props {
  readonly token: string;
  /** Who was signed in when the page opened. */
  readonly known: Account | null;
  readonly onDone: (conversation: string | null) => void;
  readonly onBack: () => void;
}

type Step = "signingIn" | "confirming" | "password" | "code";

export function LinkAccount({ token, known, onDone, onBack }: Props) {
  const [account, setAccount] = useState<Account | null>(known);
  const [step, setStep] = useState<Step>(known ? "confirming" : "signingIn");
  const lookWho = async () => {
    const found = await accountSignedIn();
    setAccount(found);
    setStep(found ? "confirming" : "signingIn");
  };

  const linkNow = async () => {
    try {
      onDone((await link(token)).conversation);
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      if (cause.code === "reauthenticate") return setStep("password");
      if (cause.code === "reauthenticate_code") return setStep("code");
      if (cause.code === "sign_in_first") return setStep("signingIn");
      throw cause;
    }
  };
  const confirm = useSubmit(linkNow);
  const other = useSubmit(async () => {
    await signOut();
    await drop({ all: true });
    setAccount(null);
    setStep("signingIn");
  });

  if (step === "password") return <Again onDone={linkNow} />;
  if (step === "code")
    return (
      <section class="form" key="code">
        <Heading>{t("link.title")}</Heading>
        <PasskeyButton label={t("passkeys.use")} onUsed={(used) => proveWithPasskey(used).then(linkNow)} />
        <CodeAgain action={t("link.submit")} onCode={(code) => reauthenticateWithCode(code).then(linkNow)} />
      </section>
    );
  if (step === "signingIn" || !account)
    return (
      <section class="form" key="signingIn">
        <Heading>{t("link.signIn")}</Heading>
        <p>{t("link.signInText")}</p>
        <SignInForm onSignedIn={lookWho} />
        <button type="button" class="button" onClick={onBack}>
          {t("invitation.back")}
        </button>
      </section>
    );
  return (
    <section class="form" key="confirming">
      <FormError error={confirm.error ?? other.error} />
      <Heading>{t("link.title")}</Heading>
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

function Heading({ children }: { children: ComponentChildren }) {
  const heading = useFocusWhenLost<HTMLHeadingElement>();
  return (
    <h2 tabIndex={-1} ref={heading}>
      {children}
    </h2>
  );
}

export const accountSignedIn = async (): Promise<Account | null> => ((await loadSession()).signedIn ? loadAccount() : null);

function Again({ onDone }: { onDone: () => Promise<void> }) {
  const [password, setPassword] = useState("");
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ password });
    await reauthenticate(password);
    await onDone();
  });
  return (
    <form class="form" onSubmit={submit} noValidate>
      <Heading>{t("link.title")}</Heading>
      <p>{t("link.passwordAgain")}</p>
      <FormError error={error?.status === 422 ? null : error} />
      <PasswordField value={password} onInput={setPassword} error={wrong("password")?.text || (wrong("password") && t("error.required"))} />
      <button type="submit" class="button primary wide" aria-disabled={busy}>
        {t("link.submit")}
      </button>
    </form>
  );
}
