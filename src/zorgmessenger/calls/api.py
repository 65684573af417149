"""Calls over HTTP: a second door to start one and to end it, for integrations."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from zorgmessenger.accounts.http import SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.calls import live
from zorgmessenger.calls.actions import Actor

router = Router(tags=["calls"])


@router.post("/conversations/{conversation}/call", response={201: dict[str, str]}, auth=SignedIn())
def start(request: HttpRequest, conversation: UUID) -> Status[dict[str, str]]:
    """Starts a call, or gives the one that goes on; who started it has half a minute to join it."""
    calls, actor = live.current(), Actor(person_of(request).id, origin_of(request))
    return Status(201, {"call": str(calls.wait_for(calls.start_without_device(actor, conversation)))})


@router.post("/calls/{call}/end", auth=SignedIn())
def end(request: HttpRequest, call: UUID) -> dict[str, str]:
    """Ends a call for everybody."""
    calls, actor = live.current(), Actor(person_of(request).id, origin_of(request))
    calls.wait_for(calls.end_by(actor, call))
    return {}
