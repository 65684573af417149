"""Conversations over HTTP."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member
from zorgmessenger.access.proofs import MayAnswerForTeam
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import organisation_of, origin_of
from zorgmessenger.conversations import actions, facts, teams
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.organisations import members
from zorgmessenger.organisations import teams as organisation_teams
from zorgmessenger.origin import Origin

router = Router(tags=["conversations"])


class Start(Body):
    """With whom to start a conversation: a person, or a client's team."""

    person: UUID | None = None
    team: UUID | None = None


class Assignee(Body):
    """Who of the team is to have a case, and who had it as far as was seen; null for nobody."""

    person: UUID | None
    expected: UUID | None


class Handled(Body):
    """Whether a case is done."""

    handled: bool


@router.post("/conversations", auth=SignedIn())
def start(request: HttpRequest, body: Start) -> dict[str, str]:
    """Starts a conversation with one's client or a colleague, or gives the one there is."""
    if (body.person is None) == (body.team is None):
        raise Invalid(FieldError("person", "missing"))
    person = person_of(request).id
    if body.team is not None:
        return {"conversation": str(_ask(person, body.team, origin_of(request)))}
    other = cast("UUID", body.person)
    member = members.acting_with(person, other, organisation_of(request))
    return {"conversation": str(_start(member, other, origin_of(request)))}


@router.put("/conversations/{conversation}/assignee", auth=SignedIn())
def assign(request: HttpRequest, conversation: UUID, body: Assignee) -> dict[str, str]:
    """Takes a team's conversation, gives it to a colleague, or frees it."""
    teams.assign(_answering(request, conversation), body.person, origin_of(request), expected=body.expected)
    return {}


@router.put("/conversations/{conversation}/handled", auth=SignedIn())
def set_handled(request: HttpRequest, conversation: UUID, body: Handled) -> dict[str, str]:
    """Says that a team's conversation is done, or not after all."""
    teams.set_handled(_answering(request, conversation), origin_of(request), handled=body.handled)
    return {}


@router.post("/conversations/{conversation}/notes", auth=SignedIn())
def open_notes(request: HttpRequest, conversation: UUID) -> dict[str, str]:
    """The conversation in which the team writes notes about this one."""
    return {"conversation": str(actions.open_notes(_answering(request, conversation), origin_of(request)))}


def _answering(request: HttpRequest, conversation: UUID) -> MayAnswerForTeam:
    known = facts.load([conversation]).get(conversation)
    member = known.members.get(person_of(request).id) if known else None
    return rules.may_answer_for_team(member, known.facts if known else None)


def _start(member: Member | None, other: UUID, origin: Origin) -> UUID:
    found = members.find(other, member.organisation) if member else None
    if member and rules.answers_as_team(member) and found and not found.role.staff:
        team = organisation_teams.of_member(member)
        cares = team is not None and organisation_teams.cares_for(team, other)
        return actions.ask_team(rules.may_ask(member, team, found, care_relation=cares), origin)
    cares = member is not None and members.cares_for(member.person, other, member.organisation)
    return actions.start(rules.may_start(member, found, care_relation=cares), origin)


def _ask(person: UUID, team: UUID, origin: Origin) -> UUID:
    found = organisation_teams.find(team)
    member = members.find(person, found.organisation) if found else None
    return actions.ask_team(rules.may_ask(member, found, member, care_relation=False), origin)
