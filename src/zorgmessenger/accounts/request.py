"""What a request tells of where it comes from."""

from __future__ import annotations

import time
from typing import cast
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.sessions import Loaded, SessionStore, digest
from zorgmessenger.ids import NIL
from zorgmessenger.origin import Origin, network_address
from zorgmessenger.texts import choose


def address_of(request: HttpRequest) -> str:
    """The network address of who asks; the server has already taken a trusted proxy's word for it."""
    return network_address(str(request.META.get("REMOTE_ADDR", "")))


def origin_of(request: HttpRequest) -> Origin:
    """From where somebody acts."""
    key = request.session.session_key
    return Origin(address_of(request), digest(key) if key else "")


def loaded_with(request: HttpRequest) -> Loaded:
    """What came with the session that somebody is signed in with."""
    return cast("SessionStore", request.session).loaded


def language_of(request: HttpRequest) -> str:
    """The language of who asks: the app sends the one chosen."""
    header = request.headers.get("Accept-Language", "")
    if header:
        return choose(header)
    person = getattr(request, "user", None)
    return person.language if isinstance(person, Person) else choose("")


def organisation_of(request: HttpRequest) -> UUID | None:
    """For which organisation somebody of several acts, as the app says; what is no id is nobody's organisation."""
    said = request.headers.get("X-Organisation", "")
    try:
        return UUID(said) if said else None
    except ValueError:
        return NIL


def gave_recently(request: HttpRequest, method: str) -> bool:
    """Whether the person gave their `password` or a code (`mfa`) in the last five minutes, in this very session."""
    records = get_authentication_records(request, request.user if isinstance(request.user, Person) else None)
    given = max((one["at"] for one in records if one["method"] == method), default=0)
    return bool(time.time() - given < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
