"""Over HTTP: what a team keeps to answer with."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import StringConstraints

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member
from zorgmessenger.access.proofs import MayUseTeam
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import organisation_of, origin_of
from zorgmessenger.accounts.rules import clean_name
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.organisations import actions, members, replies, teams

router = Router(tags=["organisations"])


class NewReply(Body):
    """A saved reply; `{voornaam}` in its text becomes the client's first name."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
    body: Annotated[str, StringConstraints(min_length=1, max_length=4_000, strip_whitespace=True)]


class KeptReply(NewReply):
    """One that is kept."""

    id: UUID


class GroupName(Body):
    """What one wants to be called by other clients in groups; empty for one's first name."""

    name: Annotated[str, StringConstraints(max_length=60)]


@router.get("/me/group-name", auth=SignedIn())
def group_name(request: HttpRequest) -> dict[str, str]:
    """What one chose to be called in the groups of the organisation one acts in."""
    found = [row for one in _acting(request) for row in members.rows(one.organisation, [one.person])]
    return {"name": next((row.group_name for row in found), "")}


@router.put("/me/group-name", auth=SignedIn())
def choose_group_name(request: HttpRequest, body: GroupName) -> dict[str, str]:
    """Chooses it."""
    name = clean_name(body.name) if body.name.strip() else ""
    if name is None:
        raise Invalid(FieldError("name", "name"))
    actions.choose_group_name(_acting(request), name, origin_of(request))
    return {"name": name}


@router.get("/teams/{team}/replies", response=list[KeptReply], by_alias=True, auth=SignedIn())
def saved_replies(request: HttpRequest, team: UUID) -> list[replies.Reply]:
    """A team's saved replies."""
    return replies.listed(_of_team(request, team), origin_of(request))


@router.post("/teams/{team}/replies", response={201: KeptReply}, by_alias=True, auth=SignedIn())
def keep_reply(request: HttpRequest, team: UUID, reply: NewReply) -> Status[replies.Reply]:
    """Keeps a reply for the team."""
    return Status(201, replies.keep(_of_team(request, team), reply.title, reply.body, origin_of(request)))


@router.delete("/teams/{team}/replies/{reply}", auth=SignedIn())
def remove_reply(request: HttpRequest, team: UUID, reply: UUID) -> dict[str, str]:
    """Removes a saved reply."""
    replies.remove(_of_team(request, team), reply, origin_of(request))
    return {}


def _acting(request: HttpRequest) -> list[Member]:
    member = members.acting(person_of(request).id, organisation_of(request))
    return [member] if member else []


def _of_team(request: HttpRequest, team: UUID) -> MayUseTeam:
    found = teams.find(team)
    member = members.find(person_of(request).id, found.organisation) if found else None
    return rules.may_use_team(member, found)
