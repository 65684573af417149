// Who invites, to what, and what their organisation says in its own words; in one line above a form that needs the room.
import type { Looked } from "../../api/invitations";
import { t } from "../../i18n/text";
import { date } from "../../i18n/time";
import { Avatar } from "../../ui/Avatar";
import { roleName } from "../organisations/roles";

export function Inviter({ looked }: { looked: Looked }) {
  const { inviter, organisation, expiresAt } = looked;
  return (
    <>
      {organisation.logo && <img class="invitation-logo" src={organisation.logo} alt={organisation.name} width={128} height={64} />}
      {inviter && (
        <div class="inviter">
          <Avatar name={inviter.name} />
          <p>
            <strong>{inviter.name}</strong>
            <span class="quiet">
              {roleName(inviter.role)} · {organisation.name}
            </span>
          </p>
        </div>
      )}
      <p>{invites(looked)}</p>
      {organisation.introduction && <p>{organisation.introduction}</p>}
      <p class="quiet">{t("invitation.until", { date: date(new Date(expiresAt)) })}</p>
    </>
  );
}

export function InviterInBrief({ looked }: { looked: Looked }) {
  const { inviter, organisation } = looked;
  if (!inviter) return <p class="quiet">{invites(looked)}</p>;
  return <p class="quiet">{t("invitation.brief", { name: inviter.name, organisation: organisation.name })}</p>;
}

function invites({ inviter, organisation, role }: Looked): string {
  const name = inviter?.name ?? "";
  if (!inviter) return t("invitation.founding", { organisation: organisation.name });
  if (role === "client") return t("invitation.intro", { name, organisation: organisation.name });
  return t("invitation.introStaff", { name, organisation: organisation.name, role: roleName(role) });
}
