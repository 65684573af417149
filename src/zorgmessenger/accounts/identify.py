"""Who a session cookie signs in."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from zorgmessenger import clock
from zorgmessenger.accounts.models import Person, Session
from zorgmessenger.accounts.sessions import SessionStore, digest


def by_cookie(cookie: str) -> tuple[UUID, str] | None:
    """The person and the digest of the session; None when nobody is signed in by it, or no longer.

    The same test as Django's own `get_user`: the session exists, is not over, and was made with the present password.
    """
    store = SessionStore(cookie)
    signed_in = store.get(SESSION_KEY, "") if BACKEND_SESSION_KEY in store else ""
    person = Person.objects.filter(pk=signed_in, is_active=True).first() if signed_in else None
    if person is None:
        return None
    valid = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    made_with = store.get(HASH_SESSION_KEY, "")
    return (person.id, digest(cookie)) if any(constant_time_compare(made_with, one) for one in valid) else None


def remaining(person: UUID, session: str) -> timedelta | None:
    """How long the session of this digest, which signed the person in, lasts still; None where it has ended since."""
    now = clock.now()
    row = Session.objects.filter(pk=session, person=person, expire_date__gt=now).first()
    return row.expire_date - now if row else None
