"""Recovering a second factor over HTTP: asking for it, seeing what was asked, stopping it by the link in the mail."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import StringConstraints

from zorgmessenger.access import rules
from zorgmessenger.accounts import factor_recovery as accounts
from zorgmessenger.accounts import limits
from zorgmessenger.accounts.http import Anybody, Body, SignedIn, person_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import address_of, organisation_of, origin_of
from zorgmessenger.accounts.rules import clean_address
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.organisations import factor_recovery, members

router = Router(tags=["accounts"])


class Ask(Body):
    """Of whom, how they showed who they are, and what is to be remembered of that."""

    email: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    how: Literal["in_person", "video", "phone"]
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)]


class Stop(Body):
    """What the link holds."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=128)]


@router.post("/factor-recoveries", response={201: dict[str, Any]}, auth=SignedIn())
def ask(request: HttpRequest, body: Ask) -> Status[dict[str, Any]]:
    """Begins the waiting time; the person is told."""
    address = clean_address(body.email)
    if address is None:
        rules.may_help_who_lost_a_factor(members.acting(person_of(request).id, organisation_of(request)))
        raise Invalid(FieldError("email", "email_invalid"))
    proof = factor_recovery.proof_for(members.acting(person_of(request).id, organisation_of(request)), address)
    row = factor_recovery.ask(proof, body.how, body.note, origin_of(request))
    return Status(201, {"person": _named(row.person), "dueAt": row.due_at.isoformat()})


@router.get("/factor-recoveries", auth=SignedIn())
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """What the organisation asked for."""
    proof = rules.may_review_recoveries(members.acting(person_of(request).id, organisation_of(request)))
    return [
        {
            "id": str(one.id),
            "person": _named(one.person),
            "by": _named(one.by),
            "how": one.how,
            "note": one.note,
            "at": one.at.isoformat(),
            "dueAt": one.due_at.isoformat(),
            "outcome": one.outcome,
        }
        for one in factor_recovery.listed(proof, origin_of(request))
    ]


@router.post("/factor-recoveries/stop", auth=Anybody())
def stop(request: HttpRequest, body: Stop) -> dict[str, str]:
    """Stops it; whoever has the link may."""
    limits.check(limits.FACTOR_RECOVERY_LINKS, address_of(request))
    accounts.stop(body.token, origin_of(request))
    return {}


def _named(person: Person) -> dict[str, str]:
    return {"id": str(person.id), "firstName": person.first_name, "lastName": person.last_name}
