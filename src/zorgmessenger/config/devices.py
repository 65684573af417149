"""Every request of the app tells which device is used; an answer to signing in gives the browser its cookie.

When it was noted last came with the session that the request was asked in. The answer may be of another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from zorgmessenger.accounts import devices, known_browsers
from zorgmessenger.accounts.agents import agent_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.accounts.sessions import SessionStore

API = ("/api/", "/_allauth/")


def note_devices(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware."""

    def answered(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.path.startswith(API) and isinstance(request.user, Person) and request.session.session_key:
            origin, (session, used_at) = origin_of(request), cast("SessionStore", request.session).noted
            if session != origin.session or not devices.is_noted(used_at):
                devices.note(origin, agent_of(request.headers.get("User-Agent", "")))
        known_browsers.remember(request, answer)
        return answer

    return answered
