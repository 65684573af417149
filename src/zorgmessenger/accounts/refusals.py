"""Logging what is refused over HTTP: who, in which role, about whom, of which organisation, and nothing they wrote.

Whatever a visitor can put into a request without being known here (a path, a method, a header) goes into the log only
in a form that holds no words. Of visitors who are not signed in at most `REFUSALS_LOGGED` are logged for each network
in a minute; one entry more says that the rest of that minute is left out. Refused they are all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from msgspec import Struct
from msgspec.structs import replace

from zorgmessenger.accounts import limits
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import address_of, origin_of
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.errors import NotFound, Refused, TooMany, ZorgError
from zorgmessenger.ids import NIL

LOGGED = (Refused, NotFound, TooMany)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}


class About(Struct, frozen=True):
    """What a refused request was about: whose log it belongs in, the actor's role there, the client concerned."""

    organisation: UUID = NIL
    role: str = ""
    subject: UUID | None = None


Finder = Callable[[UUID, Mapping[str, Any], HttpRequest], About]
"""Finds that out for an actor, from the ids in the address and the request."""
_finder: list[Finder] = []
_ASKED_BY = ("conversation",)
"""Ids that stand in a question behind an address without one."""


def find_by(finder: Finder) -> None:
    """Says how to find it out: the objects are of features that this one does not know."""
    _finder[:] = [finder]


def log(request: HttpRequest, error: ZorgError) -> None:
    """Logs a refusal, in a transaction of its own, unless what refused has done so."""
    if error.logged:
        return
    actor = request.user.id if isinstance(request.user, Person) else None
    match = request.resolver_match
    ids = (match.kwargs if match else {}) or {name: said for name, said in request.GET.items() if name in _ASKED_BY}
    about = _finder[0](actor, ids, request) if actor and _finder else About()
    method = request.method if request.method in _METHODS else ""
    write(
        request,
        Entry(
            Tag.REFUSED,
            organisation=about.organisation,
            actor=actor,
            role=about.role,
            subject=about.subject,
            object=str(as_uuid(next(iter(ids.values()), "")) or ""),
            reason=error.code,
            origin=origin_of(request),
            detail=f"{method} {match.route if match else ''}".strip()[:200],
        ),
    )


def write(request: HttpRequest, entry: Entry) -> None:
    """Writes an entry of what was refused and changed nothing; of visitors only so many."""
    if entry.actor is None:
        counted, _ = limits.count(limits.REFUSALS_LOGGED, address_of(request))
        if counted > limits.REFUSALS_LOGGED.times + 1:
            return
        if counted > limits.REFUSALS_LOGGED.times:
            entry = replace(entry, object="", detail="further ones from here are left out for a minute")
    record(entry)


def as_uuid(said: object) -> UUID | None:
    """An id from a request, where it is one."""
    with suppress(ValueError):
        return UUID(str(said))
    return None
