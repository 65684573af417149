"""Every request of the app tells which device is used; an answer to signing in gives the browser its cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zorgmessenger.accounts import devices, known_browsers
from zorgmessenger.accounts.agents import agent_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import loaded_with, origin_of

API = ("/api/", "/_allauth/")


def note_devices(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware."""

    def answered(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.path.startswith(API) and isinstance(request.user, Person) and request.session.session_key:
            origin, loaded = origin_of(request), loaded_with(request)
            if loaded.session != origin.session or not devices.is_noted(loaded.used_at):
                devices.note(origin, agent_of(request.headers.get("User-Agent", "")))
        known_browsers.remember(request, answer)
        return answer

    return answered
