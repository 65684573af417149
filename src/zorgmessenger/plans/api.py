"""Safety plans over HTTP. Who belongs to several organisations may name one; else it is the first where they may."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Role
from zorgmessenger.access.proofs import MayReadPlan
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import language_of, origin_of
from zorgmessenger.conversations.people import shown
from zorgmessenger.errors import NotFound
from zorgmessenger.organisations import members
from zorgmessenger.plans import actions
from zorgmessenger.plans.models import PlanVersion
from zorgmessenger.plans.rules import LONGEST, MOST_PEOPLE, SafetyPlan
from zorgmessenger.texts import text

router = Router(tags=["plans"])
Words = Annotated[str, StringConstraints(max_length=LONGEST, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]
Number = Annotated[str, StringConstraints(max_length=25, strip_whitespace=True)]
Proof = TypeVar("Proof")


class NewContact(Body):
    """Somebody to call."""

    name: Name
    number: Number


class NewPlan(Body):
    """A whole plan, and from which version it was made."""

    version: Annotated[int, Field(ge=0, le=2**31 - 2)] = 0
    green_signs: Words
    green_own: Words
    green_others: Words
    orange_signs: Words
    orange_own: Words
    orange_others: Words
    red_signs: Words
    red_own: Words
    red_others: Words
    people: Annotated[list[NewContact], Field(max_length=MOST_PEOPLE)]
    helps: Words
    hinders: Words
    agreements: Words


@router.get("/clients/{client}/plan", auth=SignedIn())
def plan(request: HttpRequest, client: UUID, organisation: UUID | None = None) -> dict[str, Any]:
    """A client's plan; version 0 is empty, nobody made one yet."""
    return _read(_may(rules.may_read_plan, request, client, organisation), request)


@router.put("/clients/{client}/plan", response={200: dict[str, Any], 409: dict[str, Any]}, auth=SignedIn())
def save_plan(
    request: HttpRequest, client: UUID, body: NewPlan, organisation: UUID | None = None
) -> Status[dict[str, Any]]:
    """Saves it. Where somebody else did meanwhile, the answer is 409 and has the newer one under `newest`."""
    proof = _may(rules.may_write_plan, request, client, organisation)
    wanted = msgspec.convert(body.model_dump(by_alias=True, exclude={"version"}), SafetyPlan)
    try:
        saved = actions.save(proof, body.version, wanted, origin_of(request))
    except actions.SavedMeanwhile as error:
        newest = _read(_may(rules.may_read_plan, request, client, organisation), request)
        said = text(f"error.{error.code}", language_of(request))
        return Status(409, {"code": error.code, "text": said, "retry": error.retry, "newest": newest})
    return Status(200, _shown(saved, proof.member.role))


def _may(rule: Callable[..., Proof], request: HttpRequest, client: UUID, organisation: UUID | None) -> Proof:
    for member in members.of(person_of(request).id):
        if organisation in {None, member.organisation}:
            found = members.find(client, member.organisation)
            cares = members.cares_for(member.person, client, member.organisation)
            with suppress(NotFound):
                return rule(member, found, care_relation=cares)
    return rule(None, None, care_relation=False)


def _read(proof: MayReadPlan, request: HttpRequest) -> dict[str, Any]:
    found = actions.read(proof, origin_of(request))
    return _shown(found, proof.member.role) if found else {"version": 0, **msgspec.to_builtins(SafetyPlan())}


def _shown(row: PlanVersion, to: Role) -> dict[str, Any]:
    by = shown(row.organisation_id, [row.changed_by_id] if row.changed_by_id else [], to=to)
    return {
        "version": row.version,
        "changedAt": row.changed_at.isoformat(),
        "changedBy": msgspec.to_builtins(by[0]) if by else None,
        **msgspec.to_builtins(row.plan),
    }
