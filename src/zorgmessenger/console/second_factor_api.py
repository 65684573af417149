"""Of whom a second factor is required, over HTTP, for the administrator."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StrictBool

from zorgmessenger.accounts.http import Body, SignedIn
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.console import second_factor
from zorgmessenger.console.api import administering
from zorgmessenger.organisations.second_factor_policy import MOST_DAYS, MOST_HOURS, Count, Policy

router = Router(tags=["console"])


class NewPolicy(Body):
    """Of whom, how many days of grace they have, and how many hours who lost theirs waits."""

    staff: StrictBool
    clients: StrictBool
    days: Annotated[int, Field(ge=0, le=MOST_DAYS)]
    recovery_hours: Annotated[int, Field(ge=1, le=MOST_HOURS)]


@router.get("/console/second-factor", auth=SignedIn())
def shown(request: HttpRequest) -> dict[str, Any]:
    """What is required, and how many have it."""
    found = second_factor.shown(administering(request))
    policy = {"staff": found.policy.staff, "clients": found.policy.clients, "days": found.policy.days}
    policy["recoveryHours"] = found.policy.recovery_hours
    return {**policy, "ofStaff": _counted(found.staff), "ofClients": _counted(found.clients)}


@router.put("/console/second-factor", auth=SignedIn())
def change(request: HttpRequest, body: NewPolicy) -> dict[str, str]:
    """Sets what is required from now on."""
    policy = Policy(body.staff, body.clients, body.days, body.recovery_hours)
    second_factor.change(administering(request), policy, origin_of(request))
    return {}


def _counted(count: Count) -> dict[str, int]:
    return {"people": count.people, "having": count.having}
