"""An organisation's people, over HTTP: who works here, in which role, and who leaves."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Role
from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import organisation_of, origin_of
from zorgmessenger.console import leaving, people
from zorgmessenger.organisations import members

router = Router(tags=["console"])
StaffRole = Literal["practitioner", "planner", "support", "administrator", "privacy_officer"]


class NewRole(Body):
    """What somebody is to be."""

    role: StaffRole


class Successor(Body):
    """Who goes on with a conversation."""

    conversation: UUID
    colleague: UUID


class HandOver(Body):
    """For each conversation that was shown, who goes on with it."""

    successors: Annotated[list[Successor], Field(max_length=5_000)]

    def by_conversation(self) -> dict[UUID, UUID]:
        """The same, to look up."""
        return {one.conversation: one.colleague for one in self.successors}


def administering(request: HttpRequest) -> MayAdminister:
    """The right to run the organisation that the person acts for.

    Raises:
        Refused: they are no administrator there, or chose none of several.
    """
    return rules.may_administer(members.acting(person_of(request).id, organisation_of(request)))


@router.get("/console/people", auth=SignedIn())
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """Who works here, or did."""
    return [
        {
            "id": str(one.id),
            "firstName": one.first_name,
            "lastName": one.last_name,
            "email": one.email,
            "role": one.role.value,
            "active": one.active,
            "since": one.since.isoformat(),
        }
        for one in people.listed(administering(request), origin_of(request))
    ]


@router.put("/console/people/{person}/role", auth=SignedIn())
def change_role(request: HttpRequest, person: UUID, body: NewRole) -> dict[str, str]:
    """Gives somebody another role."""
    people.change_role(administering(request), person, Role(body.role), origin_of(request))
    return {}


@router.get("/console/people/{person}/leaving", auth=SignedIn())
def preview(request: HttpRequest, person: UUID) -> dict[str, Any]:
    """What somebody would leave; changes nothing."""
    found = leaving.preview(administering(request), person, origin_of(request))
    return {
        "conversations": [
            {"conversation": str(one.conversation), "kind": one.kind.value, "client": one.client}
            for one in found.conversations
        ],
        "invitations": found.invitations,
    }


@router.post("/console/people/{person}/hand-over", auth=SignedIn())
def hand_over(request: HttpRequest, person: UUID, body: HandOver) -> dict[str, str]:
    """Hands all conversations with clients to colleagues."""
    leaving.hand_over(administering(request), person, body.by_conversation(), origin_of(request))
    return {}


@router.post("/console/people/{person}/deactivate", auth=SignedIn())
def deactivate(request: HttpRequest, person: UUID, body: HandOver) -> dict[str, str]:
    """Ends a membership, and hands over what they leave."""
    leaving.deactivate(administering(request), person, body.by_conversation(), origin_of(request))
    return {}
