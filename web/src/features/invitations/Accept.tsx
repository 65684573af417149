// The page behind "Uitnodiging accepteren". The secret of the link only tells who invites; it never signs anybody in.
// Two ways lead on: a new account on the invited address, or signing in and linking the invitation to that account.
import { useEffect, useState } from "preact/hooks";
import { look, type Looked } from "../../api/invitations";
import { ApiError } from "../../api/http";
import { t } from "../../i18n/text";
import { dropSecret, takeSecret } from "../../platform/secret";
import { brand } from "../../ui/brand";
import { FormError } from "../../ui/FormError";
import { arrive } from "../accounts/arrival";
import { showFirstStart } from "../accounts/FirstStart";
import { Page } from "../accounts/Page";
import { Inviter } from "./Inviter";
import { LinkAccount } from "./LinkAccount";
import { Register } from "./Register";
import { Unusable } from "./Unusable";

type Way = "choosing" | "registering" | "linking";

const FLOW = "invitation";

export function Accept() {
  const [token] = useState(() => takeSecret(FLOW));
  const [looked, setLooked] = useState<Looked | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [way, setWay] = useState<Way>("choosing");

  useEffect(() => {
    if (!token) return setError(new ApiError(404, "invitation_unusable", ""));
    look(token).then(
      (found) => {
        brand(found.organisation.accent, document.documentElement.style);
        setLooked(found);
      },
      (cause: unknown) => setError(cause instanceof ApiError ? cause : new ApiError(0, "unexpected", "")),
    );
  }, [token]);

  const done = (conversation: string | null, fresh: boolean) => {
    dropSecret(FLOW);
    if (fresh && conversation) showFirstStart();
    arrive(conversation ? `/gesprekken/${conversation}` : "/");
  };

  if (error?.code === "invitation_unusable") return <Unusable />;
  return (
    <Page title={t("invitation.title")}>
      <FormError error={error} />
      {!looked && !error && <span class="skeleton form-skeleton" />}
      {looked && <Inviter looked={looked} />}
      {looked && token && way === "choosing" && <Ways looked={looked} onChoose={setWay} />}
      {looked && token && way === "registering" && (
        <Register
          token={token}
          looked={looked}
          onDone={(id) => done(id, true)}
          onExists={() => setWay("linking")}
          onBack={() => setWay("choosing")}
        />
      )}
      {looked && token && way === "linking" && (
        <LinkAccount token={token} onDone={(id) => done(id, false)} onBack={() => setWay("choosing")} />
      )}
    </Page>
  );
}

function Ways({ looked, onChoose }: { looked: Looked; onChoose: (way: Way) => void }) {
  const existing = looked.hasAccount;
  return (
    <div class="form">
      {existing && <p>{t("invitation.hasAccount", { email: looked.email })}</p>}
      {!existing && (
        <button type="button" class="button primary wide" onClick={() => onChoose("registering")}>
          {t("invitation.create")}
        </button>
      )}
      <button type="button" class={`button wide${existing ? " primary" : ""}`} onClick={() => onChoose("linking")}>
        {t("invitation.existing")}
      </button>
    </div>
  );
}
