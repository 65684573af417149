"""Signing on, over HTTP: with which organisations, where to go, and coming back from there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zorgmessenger.accounts import limits, refusals
from zorgmessenger.accounts.http import Anybody
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import address_of
from zorgmessenger.errors import Conflict, NotFound, Refused, TooMany, Unavailable
from zorgmessenger.organisations.models import Organisation
from zorgmessenger.signon import coming_in, provider
from zorgmessenger.signon.told import Unreachable

router = Router(tags=["sign-on"])
_SEE_OTHER = 303


@router.get("/sign-on", auth=Anybody())
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """The organisations with a sign-on of their own, by name."""
    del request
    rows = Organisation.objects.exclude(sign_on=None)
    return sorted(({"id": str(row.id), "name": row.name} for row in rows), key=lambda one: str(one["name"]).casefold())


@router.get("/sign-on/back/{organisation}", auth=Anybody())
def back(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Where this organisation's provider sends a browser back to: signs in, and leads to the app in any case."""
    if _is_somebody(request):
        return _to("/")
    try:
        coming_in.come_back(request, organisation, request.GET.dict())
    except Refused as problem:
        refusals.log(request, problem)
        return _to(f"/inloggen#sign-on={problem.code}")
    return _to("/" if _is_somebody(request) else "/inloggen#sign-on=second_step")


@router.post("/sign-on/{organisation}", auth=Anybody())
def begin(request: HttpRequest, organisation: UUID) -> dict[str, str]:
    """Where to go to sign on with this organisation."""
    _count(request)
    if _is_somebody(request):
        raise Conflict("somebody is signed in")
    to = provider.load(organisation)
    if to is None:
        raise NotFound("no sign-on of this organisation")
    try:
        return {"location": coming_in.begin(request, to)}
    except Unreachable as error:
        raise Unavailable(str(error), code="sign_on_unreachable") from error


def _count(request: HttpRequest) -> None:
    """Of what is begun; coming back takes what was begun, once."""
    try:
        limits.check(limits.SIGN_ON_NETWORK, address_of(request))
    except TooMany as error:
        error.code = "too_many_sign_ons"
        raise


def _is_somebody(request: HttpRequest) -> bool:
    return isinstance(request.user, Person)


def _to(path: str) -> HttpResponse:
    """To a page of the app."""
    return HttpResponse(status=_SEE_OTHER, headers={"Location": path})
