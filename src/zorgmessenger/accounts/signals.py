"""Logs what allauth and Django do on their own: signing in, failing to, signing out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import signals as auth_signals
from django.db import transaction
from django.http import HttpRequest

from zorgmessenger.accounts import known_browsers, refusals
from zorgmessenger.accounts.models import Person, Session
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record
from zorgmessenger.errors import TooMany
from zorgmessenger.realtime.hub import hub


def connect() -> None:
    """Starts listening."""
    auth_signals.user_logged_in.connect(_signed_in)
    auth_signals.user_logged_out.connect(_signed_out)


def sign_in_failed(request: HttpRequest, *, reason: str) -> None:
    """Logs an attempt that failed; who it was for is not known, or not ours to keep."""
    record(Entry(Tag.SIGN_IN_FAILED, origin=origin_of(request), reason=reason))


def sign_in_refused(request: HttpRequest) -> None:
    """Logs that nothing was compared, as there were too many attempts."""
    refusals.write(request, Entry(Tag.SIGN_IN_FAILED, origin=origin_of(request), reason=TooMany.code))


def _signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    request.session.set_expiry(None)  # of one that was begun for a challenge alone
    with audited() as log:
        log(Entry(Tag.SIGNED_IN, actor=user.id, origin=origin_of(request)))
        known_browsers.meet(log, request, user)


def _signed_out(request: HttpRequest, user: Person | None, **_: Any) -> None:
    if user is None:
        return
    origin = origin_of(request)
    with audited() as log:
        log(Entry(Tag.SIGNED_OUT, actor=user.id, origin=origin))
        # Django removes the session after this; a socket that is closed first could come back by it.
        Session.objects.filter(pk=origin.session).delete()
        transaction.on_commit(lambda: hub.close_session(origin.session))


def end_sessions(person: UUID) -> None:
    """Signs a person out everywhere, after commit their open sockets too."""
    Session.objects.filter(person=person).delete()
    transaction.on_commit(lambda: hub.close_person(person))
