"""Teams: whose they are, who answers for them, and which clients they know."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from zorgmessenger import clock, ids
from zorgmessenger.access.facts import Kind, Member, Role, TeamFacts
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log
from zorgmessenger.organisations.models import CareRelation, Team, TeamMember

KINDS: dict[Role, Kind] = {Role.PLANNER: Kind.PLANNING, Role.SUPPORT: Kind.SUPPORT}
"""For which kind of team somebody of this role answers."""


def found(log: Log, organisation: UUID, kind: Kind, name: str) -> Team:
    """Makes a team, in the caller's action."""
    team = Team(id=ids.new(), organisation_id=organisation, kind=kind.value, created_at=clock.now())
    team.name = name
    team.save(force_insert=True)
    log(Entry(Tag.TEAM_CREATED, organisation=organisation, object=str(team.id)))
    return team


def find(team: UUID, *, lock: bool = False) -> TeamFacts | None:
    """A team and who answers for it now: its members who are active in the organisation.

    With `lock` nobody comes to it or leaves it until the transaction ends; it is locked before its conversations.
    """
    row = (Team.objects.select_for_update(no_key=True) if lock else Team.objects).filter(pk=team).first()
    return _facts(row) if row else None


def hold(organisation: UUID, person: UUID) -> None:
    """Locks the teams that somebody answers for, in order of id: before the conversations, as everybody does."""
    mine = Team.objects.filter(organisation_id=organisation, members__person_id=person)
    list(mine.select_for_update(of=("self",), no_key=True).order_by("id"))


def of(organisation: UUID) -> list[Team]:
    """An organisation's teams, oldest first."""
    return list(Team.objects.filter(organisation_id=organisation).order_by("created_at", "id"))


def of_member(member: Member) -> TeamFacts | None:
    """The team as which somebody of the planning office or client support talks with clients."""
    kind = KINDS.get(member.role)
    rows = Team.objects.filter(organisation_id=member.organisation, members__person_id=member.person)
    row = rows.filter(kind=kind.value).order_by("created_at", "id").first() if kind else None
    return _facts(row) if row else None


def mine(person: UUID) -> frozenset[UUID]:
    """The teams somebody answers for."""
    return frozenset(TeamMember.objects.filter(person_id=person).values_list("team_id", flat=True))


def first_of_kind(organisation: UUID, kind: Kind) -> Team | None:
    """The team of this kind that was there first."""
    return Team.objects.filter(organisation_id=organisation, kind=kind.value).order_by("created_at", "id").first()


def join(log: Log, team: Team, person: UUID) -> bool:
    """Makes somebody answer for a team, in the caller's action; gives whether they did not yet."""
    _, new = TeamMember.objects.get_or_create(team=team, person_id=person, defaults={"since": clock.now()})
    if new:
        detail = str(team.id)
        log(Entry(Tag.TEAM_JOINED, organisation=team.organisation_id, actor=person, object=str(person), detail=detail))
    return new


def leave(log: Log, team: Team, person: UUID) -> bool:
    """Takes somebody out of a team, in the caller's action; gives whether they were in it."""
    gone, _ = TeamMember.objects.filter(team=team, person_id=person).delete()
    if gone:
        log(Entry(Tag.TEAM_LEFT, organisation=team.organisation_id, object=str(person), detail=str(team.id)))
    return bool(gone)


def relate(team: TeamFacts, client: UUID) -> None:
    """Records that a team cares for a client, for good, in the caller's action."""
    CareRelation.objects.update_or_create(
        organisation_id=team.organisation,
        client_id=client,
        team_id=team.id,
        defaults={"until": None},
        create_defaults={"since": clock.now()},
    )


def cares_for(team: TeamFacts, client: UUID) -> bool:
    """Whether a team knows this client."""
    relations = CareRelation.objects.filter(team_id=team.id, client_id=client)
    return relations.filter(Q(until=None) | Q(until__gt=clock.now())).exists()


def clients(teams: Iterable[UUID]) -> list[UUID]:
    """The clients that these teams care for."""
    return list(CareRelation.objects.filter(team_id__in=list(teams)).values_list("client_id", flat=True).distinct())


def _facts(team: Team) -> TeamFacts:
    active = TeamMember.objects.filter(
        team=team,
        person__is_active=True,
        person__memberships__organisation_id=team.organisation_id,
        person__memberships__active=True,
    )
    members = frozenset(active.values_list("person_id", flat=True))
    return TeamFacts(team.id, team.organisation_id, Kind(team.kind), members)
