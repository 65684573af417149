// Every invitation of the organisation that is still open, whoever sent it.
import * as console from "../../api/console";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { InvitationRow } from "../invitations/InvitationRow";
import { roleName } from "../organisations/roles";
import { useLoaded } from "./use-loaded";

export function OpenInvitations() {
  const { data: open, error, reload } = useLoaded(console.loadOpen);
  return (
    <>
      <FormError error={error} />
      {!open && !error && <ListSkeleton rows={3} />}
      {open?.length === 0 && (
        <div class="empty">
          <Icon name="invitations" size={48} />
          <h4>{t("invitations.none")}</h4>
        </div>
      )}
      <ul class="rows">
        {open?.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} as={roleName(invitation.role)} doors={console} onChange={reload} />
        ))}
      </ul>
    </>
  );
}
