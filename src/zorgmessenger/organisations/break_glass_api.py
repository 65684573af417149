"""Break-glass over HTTP: using it, and for the privacy officer what it was used for."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import StringConstraints

from zorgmessenger.access import rules
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import organisation_of, origin_of
from zorgmessenger.accounts.rules import clean_address
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.organisations import break_glass, members

router = Router(tags=["break-glass"])
SHORTEST = 10


class Use(Body):
    """Whom to reach, and why."""

    email: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=SHORTEST, max_length=1_000)]


@router.post("/break-glass", response={201: dict[str, Any]}, auth=SignedIn())
def use(request: HttpRequest, body: Use) -> Status[dict[str, Any]]:
    """Makes a client one's contact for a day; the privacy officer is told."""
    proof = rules.may_break_glass(members.acting(person_of(request).id, organisation_of(request)))
    address = clean_address(body.email)
    if address is None:
        raise Invalid(FieldError("email", "email_invalid"))
    if sum(character.isprintable() for character in body.reason) < SHORTEST:
        raise Invalid(FieldError("reason", "missing"))
    row = break_glass.use(proof, address, body.reason, origin_of(request))
    return Status(201, {"person": _shown(row.client), "until": row.until.isoformat()})


@router.get("/break-glass", auth=SignedIn())
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """What it was used for."""
    proof = rules.may_review_break_glass(members.acting(person_of(request).id, organisation_of(request)))
    return [
        {
            "id": str(one.id),
            "staff": _shown(one.staff),
            "client": _shown(one.client),
            "reason": one.reason,
            "at": one.at.isoformat(),
            "until": one.until.isoformat(),
            "seen": one.seen,
        }
        for one in break_glass.listed(proof, origin_of(request))
    ]


@router.post("/break-glass/{use}/seen", auth=SignedIn())
def seen(request: HttpRequest, use: UUID) -> dict[str, str]:
    """Notes that it was judged."""
    proof = rules.may_review_break_glass(members.acting(person_of(request).id, organisation_of(request)))
    break_glass.mark_seen(proof, use, origin_of(request))
    return {}


def _shown(person: Person) -> dict[str, str]:
    return {"id": str(person.id), "firstName": person.first_name, "lastName": person.last_name}
