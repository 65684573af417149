// Who invites; in one line above a form that needs the room.
import type { Looked } from "../../api/invitations";
import { t } from "../../i18n/text";
import { date } from "../../i18n/time";
import { Avatar } from "../../ui/Avatar";
import { roleName } from "../organisations/roles";

export function Inviter({ looked }: { looked: Looked }) {
  const { inviter, organisation, expiresAt } = looked;
  return (
    <>
      <div class="inviter">
        <Avatar name={inviter.name} />
        <p>
          <strong>{inviter.name}</strong>
          <span class="quiet">
            {roleName(inviter.role)} · {organisation.name}
          </span>
        </p>
      </div>
      <p>{t("invitation.intro", { name: inviter.name, organisation: organisation.name })}</p>
      <p class="quiet">{t("invitation.until", { date: date(new Date(expiresAt)) })}</p>
    </>
  );
}

export function InviterInBrief({ looked }: { looked: Looked }) {
  const { inviter, organisation } = looked;
  return <p class="quiet">{t("invitation.brief", { name: inviter.name, organisation: organisation.name })}</p>;
}
