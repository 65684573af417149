"""An organisation's teams and their figures, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AfterValidator, Field

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Kind
from zorgmessenger.access.proofs import MayAdminister, MayUseTeam
from zorgmessenger.accounts.http import Body, SignedIn
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.console import figures, teams
from zorgmessenger.console.api import administering
from zorgmessenger.conversations.rules import clean_title
from zorgmessenger.organisations import teams as organisation_teams

router = Router(tags=["console"])
Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(clean_title)]
Promise = Annotated[int, Field(ge=15, le=7 * 24 * 60)]


class Team(Body):
    """What a team is called, and within how many minutes it promises to answer."""

    name: Name
    promise_minutes: Promise


class NewTeam(Team):
    """A team, and what its conversations are for."""

    kind: Literal["planning", "support"]


@router.get("/console/teams", auth=SignedIn())
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """All teams."""
    return [_shown(one) for one in teams.listed(administering(request), origin_of(request))]


@router.post("/console/teams", response={201: dict[str, Any]}, auth=SignedIn())
def make(request: HttpRequest, body: NewTeam) -> Status[dict[str, Any]]:
    """Makes a team."""
    proof = administering(request)
    return Status(201, _shown(teams.make(proof, body.name, Kind(body.kind), body.promise_minutes, origin_of(request))))


@router.put("/console/teams/{team}", auth=SignedIn())
def change(request: HttpRequest, team: UUID, body: Team) -> dict[str, str]:
    """Gives a team another name and promise."""
    proof, runs = _running(request, team)
    teams.change(proof, runs, body.name, body.promise_minutes, origin_of(request))
    return {}


@router.put("/console/teams/{team}/members/{person}", auth=SignedIn())
def man(request: HttpRequest, team: UUID, person: UUID) -> dict[str, str]:
    """Makes somebody answer for a team."""
    proof, runs = _running(request, team)
    teams.man(proof, runs, person, origin_of(request))
    return {}


@router.delete("/console/teams/{team}/members/{person}", auth=SignedIn())
def unman(request: HttpRequest, team: UUID, person: UUID) -> dict[str, str]:
    """Takes somebody out of a team."""
    proof, runs = _running(request, team)
    teams.unman(proof, runs, person, origin_of(request))
    return {}


@router.get("/console/figures", auth=SignedIn())
def shown_figures(request: HttpRequest) -> list[dict[str, Any]]:
    """How the teams do."""
    return [_figures(one) for one in figures.of_teams(administering(request), origin_of(request))]


def _running(request: HttpRequest, team: UUID) -> tuple[MayAdminister, MayUseTeam]:
    proof = administering(request)
    return proof, rules.may_run_team(proof, organisation_teams.find(team))


def _shown(team: teams.Manned) -> dict[str, Any]:
    return {
        "id": str(team.id),
        "name": team.name,
        "kind": team.kind.value,
        "promiseMinutes": team.promise_minutes,
        "members": [str(person) for person in team.members],
    }


def _figures(team: figures.Figures) -> dict[str, Any]:
    return {
        "team": str(team.team),
        "name": team.name,
        "promiseMinutes": team.promise_minutes,
        "open": team.open,
        "overdue": team.overdue,
        "weeks": [
            {
                "monday": week.monday.isoformat(),
                "questions": week.questions,
                "medianMinutes": week.median_minutes,
                "slowMinutes": week.slow_minutes,
                "handled": week.handled,
            }
            for week in team.weeks
        ],
    }
