// The page behind "Uitnodiging accepteren". The secret of the link only tells who invites; it never signs anybody in.
// Two ways lead on: a new account on the invited address, or signing in and linking the invitation to that account. Each
// way is a step in the browser's history. Who is signed in already is offered the second way at once.
import { useEffect, useState } from "preact/hooks";
import type { Account } from "../../api/accounts";
import { look, type Looked } from "../../api/invitations";
import { ApiError } from "../../api/http";
import { t } from "../../i18n/text";
import { enter, follow, step } from "../../platform/router";
import { dropSecret, takeSecret } from "../../platform/secret";
import { brand } from "../../ui/brand";
import { FormError } from "../../ui/FormError";
import { arrive } from "../accounts/arrival";
import { showFirstStart } from "../accounts/FirstStart";
import { Page } from "../accounts/Page";
import { Inviter, InviterInBrief } from "./Inviter";
import { accountSignedIn, LinkAccount } from "./LinkAccount";
import { Register } from "./Register";
import { Unusable } from "./Unusable";

type Way = "registering" | "linking";

const FLOW = "invitation";
const go = (way: Way) => () => enter(way);
const goBack = () => history.back();

export function Accept() {
  const [token] = useState(() => takeSecret(FLOW));
  const [looked, setLooked] = useState<Looked | null>(null);
  const [account, setAccount] = useState<Account | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  useEffect(() => {
    if (!token) return setError(new ApiError(404, "invitation_unusable", ""));
    Promise.all([look(token), accountSignedIn().catch(() => null)]).then(
      ([found, who]) => {
        brand(found.organisation.accent, document.documentElement.style);
        setAccount(who);
        setLooked(found);
      },
      (cause: unknown) => setError(cause instanceof ApiError ? cause : new ApiError(0, "unexpected", "")),
    );
  }, [token]);

  const done = (conversation: string | null, fresh: boolean) => {
    dropSecret(FLOW);
    if (fresh && conversation) showFirstStart();
    void arrive(conversation ? `/gesprekken/${conversation}` : "/");
  };

  if (error && isOfTheLink(error)) return <Unusable />;
  return (
    <Page title={t("invitation.title")}>
      <FormError error={error} />
      {error?.code === "second_factor_needed" && (
        <a class="button primary wide" href="/" onClick={follow}>
          {t("factor.bannerLink")}
        </a>
      )}
      {!looked && !error && <span class="skeleton form-skeleton" />}
      {looked && token && step.value === null && (
        <>
          <Inviter looked={looked} />
          {account ? (
            <LinkAccount token={token} known={account} onDone={(id) => done(id, false)} onBack={() => setAccount(null)} />
          ) : (
            <Ways looked={looked} />
          )}
        </>
      )}
      {looked && token && step.value !== null && <InviterInBrief looked={looked} />}
      {looked && token && step.value === "registering" && (
        <Register
          token={token}
          looked={looked}
          onDone={(id) => done(id, true)}
          onExists={go("linking")}
          onBack={goBack}
        />
      )}
      {looked && token && step.value === "linking" && (
        <LinkAccount token={token} known={account} onDone={(id) => done(id, false)} onBack={goBack} />
      )}
    </Page>
  );
}

/** A link that the server cannot take (cut off, grown) is as wrong as one that it does not know. */
const isOfTheLink = ({ code }: ApiError): boolean => code === "invitation_unusable" || code === "invalid";

function Ways({ looked }: { looked: Looked }) {
  const existing = looked.hasAccount;
  return (
    <div class="form">
      {existing && <p>{t("invitation.hasAccount", { email: looked.email })}</p>}
      {!existing && (
        <button type="button" class="button primary wide" onClick={go("registering")}>
          {t("invitation.create")}
        </button>
      )}
      <button type="button" class={`button wide${existing ? " primary" : ""}`} onClick={go("linking")}>
        {t("invitation.existing")}
      </button>
    </div>
  );
}
