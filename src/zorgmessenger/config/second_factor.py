"""The one door for who must have a second factor, has none, and has no grace left: to set it up.

It stands before every operation of the API, so that no new one can be forgotten. Signing out, and what is told to
anybody, stay open; the socket is refused by the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from zorgmessenger.accounts import refusals
from zorgmessenger.accounts.http import error_response
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.config.app_lock import OPENING
from zorgmessenger.errors import Refused
from zorgmessenger.organisations import second_factor_policy

API = "/api/v1/"
OPEN = {
    f"{API}{path}"
    for path in (
        "session",
        "terms",
        "me/second-factor",
        "me/second-factor/setup",
        "me/passkeys",
        "me/passkeys/challenge",
        *OPENING,
    )
}


class Door:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Refuses where the door is closed; the address is resolved by now, for the log."""
        if not request.path.startswith(API) or request.path in OPEN or not isinstance(request.user, Person):
            return None
        if not second_factor_policy.is_barred(request.user.id, origin_of(request).session):
            return None
        error = Refused("no second factor", code="second_factor_needed")
        refusals.log(request, error)
        return error_response(request, error)
