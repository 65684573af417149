// Under the settings: who the person is here, and how they sign in.
import { useEffect, useState } from "preact/hooks";
import { loadAccount, type Account } from "../../api/accounts";
import { t } from "../../i18n/text";
import { actFor } from "../../platform/organisation";
import { follow } from "../../platform/router";
import { session, state } from "../../realtime/store";
import { mayReviewRecoveries, nameOf } from "../../state/select";
import { FormError } from "../../ui/FormError";
import { InOrder, useWaiting } from "../../ui/in-order";
import { useSubmit } from "../../ui/submit";
import { GroupNameForm } from "../groups/GroupNameForm";
import { roleName } from "../organisations/roles";
import { SecondFactorSettings } from "../second-factor/SecondFactorSettings";
import { Choice } from "./Choice";
import { PasswordSettings } from "./PasswordSettings";
import { leaveByOneself } from "./sign-out";

export function AccountSettings() {
  const [account, setAccount] = useState<Account | null>(null);
  return (
    <InOrder>
      <Yourself account={account} onAccount={setAccount} />
      <ActingFor />
      <section>
        <h3>{t("menu.help")}</h3>
        <a class="button" href="/hulp" onClick={follow}>
          {t("settings.help")}
        </a>
      </section>
      {account?.ownPassword ? <PasswordSettings /> : <></>}
      <SecondFactorSettings />
      <GroupNameForm />
      <RecoveriesLink />
      <SignOut />
    </InOrder>
  );
}

interface Props {
  readonly account: Account | null;
  readonly onAccount: (account: Account) => void;
}

function Yourself({ account, onAccount }: Props) {
  const [failed, setFailed] = useState(false);
  useEffect(() => void loadAccount().then(onAccount, () => setFailed(true)), []);
  useWaiting(!account && !failed);
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
