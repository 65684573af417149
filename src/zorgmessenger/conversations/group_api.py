"""Groups over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AfterValidator, Field

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member
from zorgmessenger.access.proofs import MayManageGroup
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import organisation_of, origin_of
from zorgmessenger.conversations import facts, groups
from zorgmessenger.conversations.rules import clean_title
from zorgmessenger.organisations import members

router = Router(tags=["groups"])
Title = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(clean_title)]
Symbol = Literal["people", "leaf", "sun", "house", "book", "heart", "wave", "star"]


class Look(Body):
    """A group's name and symbol."""

    title: Title
    symbol: Symbol


class NewGroup(Look):
    """A group and whom to bring in."""

    people: Annotated[list[UUID], Field(min_length=1, max_length=groups.MOST_PEOPLE)]


class Newcomer(Body):
    """Whom to bring in, and whether they see what was written before."""

    person: UUID
    history: bool


@router.post("/groups", response={201: dict[str, str]}, auth=SignedIn())
def make(request: HttpRequest, body: NewGroup) -> Status[dict[str, str]]:
    """Makes a group."""
    member = members.acting(person_of(request).id, organisation_of(request))
    proof = rules.may_make_group(member, {person: _other(member, person) for person in body.people})
    return Status(201, {"conversation": str(groups.make(proof, body.title, body.symbol, origin_of(request)))})


@router.put("/groups/{conversation}", auth=SignedIn())
def rename(request: HttpRequest, conversation: UUID, body: Look) -> dict[str, str]:
    """Gives a group another name and symbol."""
    groups.rename(_managing(request, conversation), body.title, body.symbol, origin_of(request))
    return {}


@router.post("/groups/{conversation}/people", auth=SignedIn())
def add(request: HttpRequest, conversation: UUID, body: Newcomer) -> dict[str, str]:
    """Brings somebody in."""
    manages = _managing(request, conversation)
    other, cares = _other(manages.member, body.person)
    present = facts.one(conversation).members.values()
    proof = rules.may_add_to_group(manages, other, present, care_relation=cares)
    groups.add(proof, origin_of(request), history=body.history)
    return {}


@router.delete("/groups/{conversation}/people/{person}", auth=SignedIn())
def remove(request: HttpRequest, conversation: UUID, person: UUID) -> dict[str, str]:
    """Takes somebody out."""
    groups.remove(_managing(request, conversation), person, origin_of(request))
    return {}


@router.post("/groups/{conversation}/leave", auth=SignedIn())
def leave(request: HttpRequest, conversation: UUID) -> dict[str, str]:
    """Leaves a group."""
    known = facts.load([conversation]).get(conversation)
    member = known.members.get(person_of(request).id) if known else None
    groups.leave(rules.may_leave_group(member, known.facts if known else None), origin_of(request))
    return {}


@router.post("/groups/{conversation}/close", auth=SignedIn())
def close(request: HttpRequest, conversation: UUID) -> dict[str, str]:
    """Closes a group: it stays to be read."""
    groups.close(_managing(request, conversation), origin_of(request))
    return {}


def _managing(request: HttpRequest, conversation: UUID) -> MayManageGroup:
    known = facts.load([conversation]).get(conversation)
    member = known.members.get(person_of(request).id) if known else None
    return rules.may_manage_group(member, known.facts if known else None)


def _other(member: Member | None, person: UUID) -> tuple[Member | None, bool]:
    """Somebody as a member of the same organisation, and whether `member` or their team cares for them."""
    if member is None:
        return None, False
    return members.find(person, member.organisation), person in members.contacts(member)
