// Which page the address asks for. The messenger's pages need somebody signed in; the socket tells whether that is so,
// so that opening the app takes one exchange and not two.
import { computed, effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { comeBackAfterSigningIn } from "./features/accounts/arrival";
import { ForgottenPassword } from "./features/accounts/ForgottenPassword";
import { speakAsTheAccount } from "./features/accounts/language";
import { NewPassword } from "./features/accounts/NewPassword";
import { SignIn } from "./features/accounts/SignIn";
import { TermsPage } from "./features/accounts/TermsPage";
import { StopRecovery } from "./features/factor-recovery/StopRecovery";
import { Accept } from "./features/invitations/Accept";
import { Cover } from "./features/lock/Cover";
import { lockState } from "./features/lock/here";
import { LockScreen } from "./features/lock/LockScreen";
import { covered } from "./features/lock/quick-hide";
import { Messenger } from "./features/messenger/Messenger";
import { makeReady } from "./i18n/time";
import { isLeaving } from "./leave";
import { actFor, chosenOrganisation } from "./platform/organisation";
import { after, navigate, path } from "./platform/router";
import { connect } from "./realtime/client";
import { ended, isLoading, session, state } from "./realtime/store";
import { chosenOf } from "./state/within";
import { brand } from "./ui/brand";
import { later } from "./ui/later";

const SecondFactorNeeded = later(async () => (await import("./features/second-factor/SecondFactorNeeded")).SecondFactorNeeded, () => null);
const HelpOutside = later(async () => (await import("./features/help/HelpOutside")).HelpOutside, () => null);
const isHelp = computed(() => path.value === "/hulp" || path.value.startsWith("/hulp/"));
const isHelpOutside = computed(() => isHelp.value && !isLeaving.value && ended.value === "signedOut" && isLoading.value);
const isLocked = computed(() => lockState.value === "locked" || ended.value === "locked");

export function App() {
  switch (path.value) {
    case "/inloggen":
      return <SignIn />;
    case "/wachtwoord-vergeten":
      return <ForgottenPassword />;
    case "/wachtwoord-herstellen":
      return <NewPassword />;
    case "/uitnodiging":
      return isLocked.value ? <LockScreen /> : <Accept />;
    case "/herstel-stoppen":
      return isLocked.value ? <LockScreen /> : <StopRecovery />;
    case "/voorwaarden":
      return <TermsPage kind="terms" />;
    case "/privacy":
      return <TermsPage kind="privacy" />;
    default:
      if (isLocked.value) return <LockScreen />;
      if (isHelpOutside.value) return <HelpOutside />;
      return covered.value ? <Cover /> : <SignedIn />;
  }
}

function SignedIn() {
  useEffect(() => {
    connect();
    setTimeout(makeReady);
  }, []);
  useEffect(() => {
    if (ended.value !== "signedOut" || !isLoading.peek() || isHelp.peek() || isLeaving.peek()) return;
    comeBackAfterSigningIn(path.peek());
    navigate("/inloggen", { replace: true });
  }, [ended.value]);
  return ended.value === "secondFactor" ? <SecondFactorNeeded /> : <Messenger />;
}

/** Somebody of several organisations acts for one, and the server is told which; that of an open conversation first. */
function keepToOne(): void {
  const { me, organisations, conversations } = session.value.state;
  if (!me) return;
  const open = conversations[after("/gesprekken/") ?? ""]?.organisation;
  const next = organisations.length > 1 ? (chosenOf(session.value.state, open ?? chosenOrganisation.value)?.id ?? null) : null;
  if (next !== chosenOrganisation.peek()) actFor(next);
}

/** What the welcome says about the person and their organisation shows in the whole app. */
export function followWelcome(): void {
  let spoken: string | undefined;
  let accent: string | undefined;
  effect(() => {
    const { me, organisations } = state.value;
    keepToOne();
    if (me && me.language !== spoken) {
      spoken = me.language;
      void speakAsTheAccount(me.language);
    }
    const next = organisations[0]?.accent;
    if (next && next !== accent) {
      accent = next;
      brand(next, document.documentElement.style);
    }
  });
}
