"""What somebody is in an organisation follows the groups that its provider tells.

SON-4 Role and teams follow the groups at each sign-on and at each check; only teams that the host named are touched.
SON-5 Who is in no group any more is out at once: sessions, sockets, and the way in.
SON-6 Their membership ends with it, with all that nobody has to be found for. Where there are conversations with
      clients to hand over, or they are the last administrator, it stays, without a way in, until that is done; the
      administrators are told by mail, once.
SON-7 A role that changes waits likewise while there is something to hand over, and is looked at again at each check.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from zorgmessenger.access.facts import Member, Role
from zorgmessenger.access.proofs import MaySignOn
from zorgmessenger.accounts import notices, signals
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.console import leaving, people
from zorgmessenger.console.administering import administrators
from zorgmessenger.conversations import handover
from zorgmessenger.conversations import teams as team_conversations
from zorgmessenger.organisations import actions, members, teams
from zorgmessenger.organisations.models import Membership, Organisation, Team
from zorgmessenger.signon.models import Identity
from zorgmessenger.signon.provider import Provider


def hold(organisation: UUID) -> None:
    """Locks an organisation, as each change of its people does."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation)


def given_by(provider: Provider, groups: frozenset[str]) -> str:
    """A digest of what these groups give, to see at once that nothing changed."""
    teams = sorted(str(one.team) for one in provider.teams if one.group in groups)
    return hashlib.sha256(" ".join([str(provider.role_by(groups)), *teams]).encode()).hexdigest()


def follow(
    log: Log, proof: MaySignOn, provider: Provider, person: UUID, groups: frozenset[str], *, waits: bool
) -> bool:
    """SON-4 and SON-7, in the caller's action, which holds the organisation; gives whether all of it could be done.

    `waits`: that it could not stands in the log already.
    """
    before = members.find(person, proof.organisation)
    member = before or actions.add_member(log, proof.organisation, person, proof.role)
    why = _why_it_stays(member) if member.role is not proof.role else ""
    if why and not waits:
        log(_entry(Tag.ROLE_CHANGED, member, f"{member.role.value}>{proof.role.value}", reason=why))
    changed = member.role is not proof.role and not why
    if changed:
        people.give_role(log, member, proof.role)
        log(_entry(Tag.ROLE_CHANGED, member, f"{member.role.value}>{proof.role.value}"))
        member = Member(person, proof.organisation, proof.role)
    _follow_teams(log, provider, member, groups, new=before is None or changed)
    return not why


def end(identity: Identity) -> None:
    """SON-5 and SON-6."""
    organisation, person = identity.connection_id, identity.person_id
    with audited() as log:
        hold(organisation)
        first = Identity.objects.filter(pk=identity.pk, left=False).update(left=True, groups="")
        member = members.find(person, organisation)
        if member is not None and member.role.staff:
            teams.hold(organisation, person)
            why = _why_it_stays(member)
            if not why:
                leaving.end(log, member, lambda tag, what, detail: _entry(tag, member, detail, what))
            elif first:
                log(_entry(Tag.SIGN_ON_ENDED, member, why))
                _tell_administrators(member)
        signals.end_sessions(person)


def _why_it_stays(member: Member) -> str:
    if member.role is Role.ADMINISTRATOR and administrators(member.organisation) <= 1:
        return "last_administrator"
    return "hand_over_first" if handover.left_by(member.person, member.organisation, lock=True) else ""


def _follow_teams(log: Log, provider: Provider, member: Member, groups: frozenset[str], *, new: bool) -> None:
    kind = teams.KINDS.get(member.role)
    named = Team.objects.filter(organisation_id=member.organisation, pk__in={one.team for one in provider.teams})
    mine = {one.team for one in provider.teams if one.group in groups}
    answers_for = [team for team in named if kind is not None and team.kind == kind.value]
    if new and not answers_for:
        team_conversations.join_by_role(log, member)
    for team in named:
        if team in answers_for and team.id in mine:
            team_conversations.join(log, team, member.person)
        else:
            team_conversations.leave(log, team, member.person)


def _tell_administrators(member: Member) -> None:
    rows = Membership.objects.filter(organisation_id=member.organisation, role=Role.ADMINISTRATOR.value, active=True)
    for person in Person.objects.filter(pk__in=rows.values("person_id"), is_active=True).exclude(pk=member.person):
        notices.tell(person, "colleague_left_group")


def _entry(tag: Tag, member: Member, detail: str, what: UUID | None = None, reason: str = "") -> Entry:
    """Nobody here does it: the provider's word does."""
    return Entry(
        tag,
        organisation=member.organisation,
        object=str(what or member.person),
        detail=f"sign-on {detail}".strip(),
        reason=reason,
    )
