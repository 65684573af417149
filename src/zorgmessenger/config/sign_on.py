"""The door of who came by an organisation's sign-on: asked about again before they are let in, where that is due.

It stands before every operation, and before every socket; who does not belong there any more is nobody from then on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, HttpResponse

from zorgmessenger.accounts.http import error_response
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.accounts.sessions import SIGN_ON
from zorgmessenger.calls.live import Calls
from zorgmessenger.calls.service import Service
from zorgmessenger.errors import Unavailable
from zorgmessenger.messages.engine import Engine
from zorgmessenger.signon import letting_in

API = ("/api/", "/_allauth/")


class Door:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers."""
        if request.path.startswith(API) and SIGN_ON in request.session:
            try:
                goes_on = letting_in.let_in(origin_of(request).session)
            except Unavailable as error:
                return error_response(request, error)
            if not goes_on:
                request.session.flush()
                request.user = AnonymousUser()
        return self._get_response(request)


class Gate(Service):
    """What stands behind every socket, with that question before it."""

    def __init__(self, engine: Engine, calls: Calls) -> None:
        super().__init__(engine, calls)
        self._reads = engine.read

    async def identify(self, cookie: str) -> tuple[UUID, str] | None:
        """The person signed in by this session cookie, and the digest of the session.

        Raises:
            Unavailable: it cannot be told now.
        """
        who = await super().identify(cookie)
        if who is None or not await self._reads(lambda: letting_in.is_due(who[1])):
            return who
        return who if await asyncio.to_thread(_let_in, who[1]) else None


def _let_in(session: str) -> bool:
    close_old_connections()
    try:
        return letting_in.let_in(session)
    except DatabaseError as error:
        raise Unavailable("the database") from error
