// Signing in. The server answers the same for an unknown address and a wrong password, and so does this page. Who has a
// second factor is asked for a code next, in place of the form. Who came back from their organisation's own page with a
// problem, or with a second step still to come, is told so here.
import { useEffect, useState } from "preact/hooks";
import { loadSession, type Ways } from "../../api/http";
import { signInWithPasskey } from "../../api/passkeys";
import { signIn, signInWithCode } from "../../api/sign-in";
import { t, type Key } from "../../i18n/text";
import { farewellNoted, type Farewell } from "../../platform/farewell";
import type { UsedPasskey } from "../../platform/passkeys";
import { follow } from "../../platform/router";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { need, useSubmit } from "../../ui/submit";
import { drop } from "../lock/lock";
import { useOfferedPasskey } from "../passkeys/offer";
import { PasskeyButton } from "../passkeys/PasskeyButton";
import { SecondStep } from "../second-factor/SecondStep";
import { takeOutcome } from "../sign-on/outcome";
import { SignOn } from "../sign-on/SignOn";
import { arrive, isRefused } from "./arrival";
import { Page } from "./Page";
import { PasswordField } from "./PasswordField";

export function SignIn() {
  const [demo, setDemo] = useState(false);
  const [farewell] = useState(farewellNoted);
  const [outcome] = useState(takeOutcome);
  const [waiting, setWaiting] = useState<Ways | null>(null);
  useEffect(() => {
    loadSession().then(
      (session) => {
        if (session.signedIn && !isRefused()) return arrive();
        if (!session.signedIn) void drop({ all: true });
        setDemo(session.demo);
        return outcome?.secondStep ? setWaiting(session.waiting) : undefined;
      },
      () => {},
    );
  }, []);
  return (
    <Page title={t("signIn.title")}>
      {farewell && <Left farewell={farewell} />}
      {outcome?.problem && <SignOnProblem problem={outcome.problem} />}
      <SignInForm key={String(waiting !== null)} waiting={waiting} onSignedIn={() => arrive()} />
      <p>
        <a href="/wachtwoord-vergeten" onClick={follow}>
          {t("signIn.forgotten")}
        </a>
      </p>
      <p class="quiet">{t("signIn.noAccount")}</p>
      {!waiting && <SignOn />}
      {demo && <DemoNotice />}
    </Page>
  );
}

interface FormProps {
  readonly email?: string;
  /** A sign-in that waits for its second step already. */
  readonly waiting?: Ways | null;
  readonly onSignedIn: () => void | Promise<void>;
}

export function SignInForm({ email: known = "", waiting = null, onSignedIn }: FormProps) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [ways, setWays] = useState<Ways | null>(waiting);
  useOfferedPasskey(onSignedIn, ways === null);
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ email, password });
    const next = await signIn(email.trim(), password);
    if (next === "in") return onSignedIn();
    setPassword("");
    setWays((await loadSession()).waiting ?? { code: true, passkey: false });
  });
  const withCode = async (code: string) => {
    await signInWithCode(code);
    await onSignedIn();
  };
  const words = (field: string) => {
    if (error?.code === "required") return wrong(field) && t("error.required");
    return error?.code === "invalid" ? wrong(field)?.text : undefined;
  };
  const withPasskey = async (used: UsedPasskey) => {
    await signInWithPasskey(used);
    await onSignedIn();
  };
  if (ways) return <SecondStep ways={ways} onCode={withCode} onPasskey={withPasskey} onBack={() => setWays(null)} />;
  return (
    <>
      <form class="form" onSubmit={submit} noValidate>
        <FormError error={error} />
        <Field
          label={t("account.email")}
          name="email"
          type="email"
          autocomplete="username webauthn"
          autocapitalize="none"
          required
          value={email}
          onInput={setEmail}
          error={words("email")}
        />
        <PasswordField
          value={password}
          onInput={setPassword}
          error={words("password")}
        />
        <button type="submit" class="button primary wide" aria-disabled={busy}>
          {t("signIn.submit")}
        </button>
      </form>
      <PasskeyButton label={t("passkeys.signIn")} onUsed={withPasskey} />
    </>
  );
}

function Left({ farewell }: { farewell: Farewell }) {
  return (
    <p class="notice" role="status">
      <Icon name="info" size={22} />
      <span>
        {t(farewell === "destroyed" ? "lock.destroyed" : "signIn.ended")} {farewell === "unsent" && t("signIn.unsent")}
      </span>
    </p>
  );
}

function SignOnProblem({ problem }: { problem: Key }) {
  return (
    <p class="notice" role="alert">
      <Icon name="info" size={22} />
      <span>{t(problem)}</span>
    </p>
  );
}

function DemoNotice() {
  return (
    <p class="notice">
      <Icon name="info" size={22} />
      <span>
        {t("signIn.demo")} <a href="/demo/mail">{t("signIn.demoLink")}</a>
      </span>
    </p>
  );
}
