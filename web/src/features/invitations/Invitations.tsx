// The invitations that nobody has used yet, with sending again and withdrawing.
import { useEffect, useState } from "preact/hooks";
import { loadInvitations, type Invitation } from "../../api/invitations";
import { t } from "../../i18n/text";
import { focusWhenLost } from "../../ui/focus";
import { Icon } from "../../ui/Icon";
import { FormError } from "../../ui/FormError";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { useLatest } from "../../ui/submit";
import { WidePane } from "../../ui/WidePane";
import { InvitationRow } from "./InvitationRow";
import { InviteDialog } from "./InviteDialog";

export function Invitations() {
  const [open, setOpen] = useState<readonly Invitation[] | null>(null);
  const [inviting, setInviting] = useState(false);
  const { error, submit: load } = useLatest(async () => setOpen(await loadInvitations()));
  useEffect(() => load(), []);
  useEffect(() => {
    if (open) focusWhenLost(".wide-pane > h2");
  }, [open]);
  return (
    <WidePane title={t("menu.invitations")}>
      <div class="wide-actions">
        <button type="button" class="button primary" onClick={() => setInviting(true)}>
          <Icon name="invite" size={20} />
          {t("invite.title")}
        </button>
      </div>
      {open && open.length > 0 && <p class="wide-actions">{t("invitations.intro")}</p>}
      <FormError error={error} />
      {!open && !error && <ListSkeleton rows={3} />}
      {open?.length === 0 && <None />}
      {open && open.length > 0 && (
        <ul class="rows">
          {open.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} onChange={() => load()} />
          ))}
        </ul>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} onInvited={() => load()} />}
    </WidePane>
  );
}

function None() {
  return (
    <div class="empty">
      <Icon name="invitations" size={48} />
      <h3>{t("invitations.none")}</h3>
      <p>{t("invitations.noneText")}</p>
    </div>
  );
}
