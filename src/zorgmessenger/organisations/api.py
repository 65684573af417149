"""Over HTTP: what a team keeps to answer with."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import StringConstraints

from zorgmessenger.access import rules
from zorgmessenger.access.proofs import MayUseTeam
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.organisations import members, replies, teams

router = Router(tags=["organisations"])


class NewReply(Body):
    """A saved reply; `{voornaam}` in its text becomes the client's first name."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
    body: Annotated[str, StringConstraints(min_length=1, max_length=4_000, strip_whitespace=True)]


class KeptReply(NewReply):
    """One that is kept."""

    id: UUID


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


def _of_team(request: HttpRequest, team: UUID) -> MayUseTeam:
    found = teams.find(team)
    member = members.find(person_of(request).id, found.organisation) if found else None
    return rules.may_use_team(member, found)
