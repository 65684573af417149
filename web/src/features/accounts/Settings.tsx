// The person's own settings. Theme and language of this device are kept on it; the language also with the account, for
// the mails. `gone`: without a line nothing waits for the welcome.
import { useEffect, useState } from "preact/hooks";
import { loadAccount, saveLanguage, type Account } from "../../api/accounts";
import { language, t, type Key } from "../../i18n/text";
import { LANGUAGES, THEMES, theme, type Language, type Theme } from "../../platform/preferences";
import { follow } from "../../platform/router";
import { actFor } from "../../platform/organisation";
import { isLoading, session, state } from "../../realtime/store";
import { mayReviewRecoveries, nameOf } from "../../state/select";
import { FormError } from "../../ui/FormError";
import { InOrder, useWaiting } from "../../ui/in-order";
import { useSubmit } from "../../ui/submit";
import { DeviceSettings } from "../devices/DeviceSettings";
import { NotificationSettings } from "../notifications/NotificationSettings";
import { AppSettings } from "../device/AppSettings";
import { LockSettings } from "../lock/LockSettings";
import { AvailabilitySettings } from "../organisations/AvailabilitySettings";
import { roleName } from "../organisations/roles";
import { SecondFactorSettings } from "../second-factor/SecondFactorSettings";
import { Choice } from "./Choice";
import { chooseLanguage } from "./language";
import { QuietHours } from "./QuietHours";
import { leaveByOneself } from "./sign-out";

const THEME_NAMES: Readonly<Record<Theme, Key>> = {
  system: "settings.theme.system",
  light: "settings.theme.light",
  dark: "settings.theme.dark",
  contrast: "settings.theme.contrast",
  calm: "settings.theme.calm",
};

const LANGUAGE_NAMES: Readonly<Record<Language, Key>> = { nl: "settings.dutch", en: "settings.english" };

export function Settings({ gone }: { gone: boolean }) {
  return (
    <div class="settings">
      <InOrder>
        <Yourself gone={gone} />
        <SecondFactorSettings />
        <DeviceSettings />
        <LockSettings />
        <ActingFor />
        <LanguageChoice />
        <Choice
          legend={t("settings.theme")}
          options={THEMES.map((value) => ({ value, label: t(THEME_NAMES[value]) }))}
          chosen={theme.value}
          onChoose={(chosen) => (theme.value = chosen)}
        />
        <section>
          <h3>{t("settings.writing")}</h3>
          <p>{t("settings.enter")}</p>
        </section>
        <NotificationSettings />
        <AppSettings />
        <QuietHours />
        <AvailabilitySettings />
        <RecoveriesLink />
        <section>
          <h3>{t("menu.help")}</h3>
          <a class="button" href="/hulp" onClick={follow}>
            {t("settings.help")}
          </a>
        </section>
        <SignOut />
      </InOrder>
    </div>
  );
}

function RecoveriesLink() {
  if (!mayReviewRecoveries(state.value)) return null;
  return (
    <section>
      <h3>{t("recovery.title")}</h3>
      <a class="button" href="/herstel" onClick={follow}>
        {t("recovery.settings")}
      </a>
    </section>
  );
}

function Yourself({ gone }: { gone: boolean }) {
  const [account, setAccount] = useState<Account | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => void loadAccount().then(setAccount, () => setFailed(true)), []);
  useWaiting((!account && !failed) || (isLoading.value && !gone));
  const me = account ?? state.value.me;
  return (
    <section>
      <h3>{t("settings.you")}</h3>
      <dl class="facts">
        <dt>{t("settings.name")}</dt>
        <dd>{me ? nameOf(me) : <span class="skeleton line" />}</dd>
        <dt>{t("settings.emails")}</dt>
        {account ? account.emails.map((email) => <dd key={email}>{email}</dd>) : <dd class="skeleton line" />}
        {account?.signOn && <dt>{t("settings.signIn")}</dt>}
        {account?.signOn && <dd>{t("settings.signOn", { organisation: nameOfOrganisation(account.signOn) })}</dd>}
      </dl>
    </section>
  );
}

const nameOfOrganisation = (id: string): string => session.value.state.organisations.find((one) => one.id === id)?.name ?? "";

/** Only somebody of several organisations has this choice. */
function ActingFor() {
  const { organisations } = session.value.state;
  if (organisations.length < 2) return null;
  return (
    <Choice
      legend={t("settings.organisation")}
      options={organisations.map(({ id, name, role }) => ({ value: id, label: `${name} (${roleName(role)})` }))}
      chosen={state.value.organisations[0]?.id ?? ""}
      onChoose={actFor}
    />
  );
}

function LanguageChoice() {
  const [chosen, choose] = useState<Language | null>(null);
  const { error, submit } = useSubmit(() => saveLanguage(language.value));
  const change = (next: Language) => {
    choose(next);
    void chooseLanguage(next).then(() => submit());
  };
  return (
    <>
      <Choice
        legend={t("settings.language")}
        options={LANGUAGES.map((value) => ({ value, label: t(LANGUAGE_NAMES[value]) }))}
        chosen={chosen ?? language.value}
        onChoose={change}
      />
      <FormError error={error} />
    </>
  );
}

function SignOut() {
  const { busy, error, submit } = useSubmit(leaveByOneself);
  return (
    <section>
      <FormError error={error} />
      <button type="button" class="button" onClick={() => submit()} aria-disabled={busy}>
        {t("settings.signOut")}
      </button>
    </section>
  );
}
