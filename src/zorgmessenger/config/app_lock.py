"""The door of a browser whose lock is closed: nothing but opening it, removing it by password, and signing out.

It stands before every operation of the API, so that no new one can be forgotten; the socket is refused by the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from zorgmessenger.accounts import app_lock, refusals
from zorgmessenger.accounts.http import error_response
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import loaded_with, origin_of
from zorgmessenger.errors import Refused

API = "/api/v1/"
OPENING = tuple(
    f"me/lock/{end}" for end in ("challenge", "open", "open-by-sensor", "close", "stay", "remove-by-password")
)
OPEN = {f"{API}{path}" for path in ("session", "terms", *OPENING)}


class Door:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Refuses where the lock is closed; the address is resolved by now, for the log."""
        if not request.path.startswith(API) or request.path in OPEN or not isinstance(request.user, Person):
            return None
        loaded = loaded_with(request)
        if loaded.session == origin_of(request).session and not app_lock.is_closed(loaded.open_until):
            return None
        error = Refused("the app is locked", code="locked")
        refusals.log(request, error)
        return error_response(request, error)
