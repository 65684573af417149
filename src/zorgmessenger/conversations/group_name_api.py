"""Over HTTP: what a client is called by other clients in groups."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import StringConstraints

from zorgmessenger.access.facts import Member
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import organisation_of, origin_of
from zorgmessenger.accounts.rules import clean_name
from zorgmessenger.conversations import tell
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.organisations import actions, members

router = Router(tags=["groups"])


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
    """Chooses it; who is in a group with them is told at once."""
    name = clean_name(body.name) if body.name.strip() else ""
    if name is None:
        raise Invalid(FieldError("name", "name"))
    acting = _acting(request)
    actions.choose_group_name(acting, name, origin_of(request))
    for one in acting:
        tell.renamed(one)
    return {"name": name}


def _acting(request: HttpRequest) -> list[Member]:
    member = members.acting(person_of(request).id, organisation_of(request))
    return [member] if member else []
