"""An organisation's teams: what they are called, what they promise, and who answers for them.

Only who has a team's own role answers for it: the planning office for planning, client support for support. A team is
not removed: clients have conversations with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zorgmessenger.access.facts import Kind
from zorgmessenger.access.proofs import MayAdminister, MayUseTeam
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.console.administering import changing, entry
from zorgmessenger.conversations import teams as team_conversations
from zorgmessenger.errors import Conflict, FieldError, Invalid
from zorgmessenger.organisations import members, teams
from zorgmessenger.organisations.models import Team, TeamMember
from zorgmessenger.origin import Origin

MOST = 50
"""How many an organisation has."""


@dataclass(frozen=True)
class Manned:
    """A team and who answers for it."""

    id: UUID
    name: str
    kind: Kind
    promise_minutes: int
    members: Sequence[UUID]


def listed(proof: MayAdminister, origin: Origin) -> list[Manned]:
    """All teams, oldest first."""
    rows = teams.of(proof.member.organisation)
    people = TeamMember.objects.filter(team__in=rows).values_list("team_id", "person_id")
    record(entry(Tag.TEAMS_LISTED, proof, proof.member.organisation, origin))
    return [_manned(row, [person for team, person in people if team == row.id]) for row in rows]


def make(proof: MayAdminister, name: str, kind: Kind, promise_minutes: int, origin: Origin) -> Manned:
    """Makes a team.

    Raises:
        Conflict: `teams_full`, there are `MOST` already.
    """
    organisation = proof.member.organisation
    with changing(proof) as log:
        if Team.objects.filter(organisation_id=organisation).count() >= MOST:
            raise Conflict("no more teams", code="teams_full")
        row = teams.found(log, organisation, kind, name)
        row.promise_minutes = promise_minutes
        row.save(update_fields=["promise_minutes"])
        log(entry(Tag.TEAM_CHANGED, proof, row.id, origin, f"promise={promise_minutes}"))
    return _manned(row, [])


def change(proof: MayAdminister, runs: MayUseTeam, name: str, promise_minutes: int, origin: Origin) -> None:
    """Gives a team another name and promise."""
    with changing(proof) as log:
        row = Team.objects.get(pk=runs.team.id)
        row.name, row.promise_minutes = name, promise_minutes
        row.save(update_fields=["name_sealed", "promise_minutes"])
        log(entry(Tag.TEAM_CHANGED, proof, row.id, origin, f"promise={promise_minutes}"))


def man(proof: MayAdminister, runs: MayUseTeam, person: UUID, origin: Origin) -> None:
    """Makes a colleague answer for a team, with all its conversations.

    Raises:
        Invalid: nobody here with the role of that team.
    """
    with changing(proof) as log:
        member = members.find(person, proof.member.organisation)
        if member is None or teams.KINDS.get(member.role) is not runs.team.kind:
            raise Invalid(FieldError("person", "role_of_team"))
        team_conversations.join(log, Team.objects.get(pk=runs.team.id), person)
        log(entry(Tag.TEAM_MANNED, proof, runs.team.id, origin, f"+{person}"))


def unman(proof: MayAdminister, runs: MayUseTeam, person: UUID, origin: Origin) -> None:
    """Takes a colleague out of a team; what they had taken is free. Who is not in it stays out."""
    with changing(proof) as log:
        team_conversations.leave(log, Team.objects.get(pk=runs.team.id), person)
        log(entry(Tag.TEAM_MANNED, proof, runs.team.id, origin, f"-{person}"))


def _manned(row: Team, people: Sequence[UUID]) -> Manned:
    return Manned(row.id, row.name, Kind(row.kind), row.promise_minutes, people)
