// The green menu: on the left, and on a telephone a bar at the bottom. Which items there are follows from the welcome; before
// it only help in need can be seen, where a client has it, so that nothing moves under a finger. Without a line all can.
import { plural, t, type PluralKey } from "../../i18n/text";
import { follow, path } from "../../platform/router";
import { isLoading, session, state } from "../../realtime/store";
import { listPath } from "../../state/list-path";
import { isStaff, mayAdminister, mayInvite, mayReviewBreakGlass, mayReviewRecoveries, nameOf } from "../../state/select";
import { Avatar, initials } from "../../ui/Avatar";
import { Icon, type IconName } from "../../ui/Icon";
import { unreadAt, waitingFor } from "./unread";

interface ItemProps {
  readonly to: string;
  readonly icon: IconName;
  readonly label: string;
  readonly count?: number;
  readonly where?: string;
  readonly counted?: PluralKey;
}

export function Menu({ gone }: { gone: boolean }) {
  const now = state.value;
  return (
    <nav class={isLoading.value && !gone ? "menu coming" : "menu"} aria-label={t("menu.name")}>
      <Mark />
      <ul class="menu-items">
        <Item to="/" icon="conversations" label={t("menu.conversations")} count={unreadAt("conversations")} />
        {now.teams.filter((team) => team.mine).map((team) => (
          <Item key={team.id} to={`/team/${team.id}`} icon="inbox" label={team.name} count={waitingFor(team.id)} counted="menu.waiting" />
        ))}
        <Item to="/contacten" icon="contacts" label={t("menu.contacts")} />
        <Item to="/groepsgesprekken" icon="groups" label={t("menu.groups")} count={unreadAt("groups")} />
        <Item to="/bestanden" icon="files" label={t("menu.files")} />
        {mayReviewBreakGlass(now) && <Item to="/noodtoegang" icon="lock" label={t("menu.breakGlass")} />}
        {mayInvite(now) && <Item to="/uitnodigingen" icon="invitations" label={t("menu.invitations")} where="wide" />}
        {mayReviewRecoveries(now) && <Item to="/herstel" icon="lock" label={t("menu.recovery")} where="wide" />}
        {mayAdminister(now) && <Item to="/beheer" icon="manage" label={t("menu.manage")} />}
      </ul>
      <ul class="menu-items menu-foot">
        {!isStaff(now) && <Item to="/hulp-bij-nood" icon="help" label={t("menu.need")} where="need" />}
        <Item to="/hulp" icon="info" label={t("menu.help")} where="wide" />
        <Item to="/instellingen" icon="settings" label={t("menu.settings")} />
      </ul>
      <p class="menu-me">
        {now.me ? (
          <>
            <Avatar name={nameOf(now.me)} small />
            <span>{nameOf(now.me)}</span>
          </>
        ) : (
          <span class="avatar small" />
        )}
      </p>
    </nav>
  );
}

function Mark() {
  const organisation = state.value.organisations[0];
  return (
    <div class="menu-mark">
      <span class={organisation?.logo ? "mark with-logo" : "mark"} aria-hidden="true">
        {organisation?.logo ? <img src={organisation.logo} alt="" /> : organisation && initials(organisation.name)}
      </span>
      <p class="mark-name">
        {organisation?.name ?? t("app.name")}
        {session.value.state.organisations.length > 1 && (
          <a class="other-organisation" href="/instellingen" onClick={follow}>
            {t("menu.otherOrganisation")}
          </a>
        )}
      </p>
    </div>
  );
}

const SOFT_HYPHEN = "\u00ad";

/** Where a long Dutch word may be broken on a narrow screen; the browser's own list of such places is not always there. */
const breakable = (label: string): string => label.replace(/(?<=.)(?=(?:gesprekken|toegang|support|bureau|sations)$)/, SOFT_HYPHEN);

function Item({ to, icon, label, count = 0, where = "", counted = "menu.unread" }: ItemProps) {
  const here = listPath(state.value, path.value) === to;
  const described = count > 0 ? `count-of-${to.slice(1)}` : undefined;
  return (
    <li class={where}>
      <a
        class="menu-item"
        href={to}
        onClick={follow}
        aria-current={here ? "page" : undefined}
        aria-describedby={described}
      >
        <Icon name={icon} />
        <span class="menu-label">{breakable(label)}</span>
        {count > 0 && (
          <span class="badge" aria-hidden="true">
            {count > 99 ? "99+" : count}
          </span>
        )}
      </a>
      {described && (
        <span class="only-read" id={described}>
          {plural(counted, count)}
        </span>
      )}
    </li>
  );
}
