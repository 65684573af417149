"""Over HTTP: who is signed in, the documents to agree to, one's own settings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router
from pydantic import Field, field_validator

from zorgmessenger.accounts import addresses, own_way, second_step, terms, webauthn
from zorgmessenger.accounts.http import Anybody, Body, SignedIn, person_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import language_of, origin_of
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close

router = Router(tags=["accounts"])


Minute = Annotated[int, Field(ge=0, lt=24 * 60)]


class Me(Body):
    """Changes to one's own settings."""

    language: Literal["nl", "en"]


class QuietHours(Body):
    """From and until when nothing rings, in minutes from midnight; empty: there are no such hours."""

    hours: Annotated[list[Minute], Field(max_length=2)]

    @field_validator("hours")
    @classmethod
    def both_or_none(cls, hours: list[int]) -> list[int]:
        """Hours have a beginning and an end that differ."""
        if hours and len({*hours}) != 2:  # noqa: PLR2004  (from and until)
            raise ValueError("from and until")
        return hours


@router.get("/session", auth=Anybody())
def session(request: HttpRequest) -> dict[str, Any]:
    """Whether somebody is signed in or waits for their second step, and the CSRF token."""
    return {
        "signedIn": isinstance(request.user, Person),
        "hasPassword": not isinstance(request.user, Person) or request.user.has_usable_password(),
        "csrf": get_token(request),
        "installation": {"name": settings.ZORG.installation_name},
        "support": {"phone": settings.ZORG.support_phone, "mail": settings.ZORG.support_mail},
        "demo": settings.ZORG.demo,
        "passkeys": webauthn.is_possible(),
        "waiting": None if isinstance(request.user, Person) else second_step.ways(request),
    }


@router.get("/terms", auth=Anybody())
def documents(request: HttpRequest) -> list[dict[str, Any]]:
    """The documents that a new account agrees to."""
    language = language_of(request)
    found = []
    for kind, version in terms.VERSIONS.items():
        title, paragraphs = terms.document(kind, language)
        found.append({"kind": kind, "version": version, "title": title, "paragraphs": paragraphs})
    return found


@router.get("/me", auth=SignedIn())
def me(request: HttpRequest) -> dict[str, Any]:
    """One's own data."""
    person = person_of(request)
    record(Entry(Tag.OWN_DATA_READ, actor=person.id, subject=person.id, origin=origin_of(request)))
    return {
        "id": str(person.id),
        "firstName": person.first_name,
        "lastName": person.last_name,
        "language": person.language,
        "quiet": person.quiet,
        "emails": addresses.of(person.id),
        "signOn": str(person.sign_on) if person.sign_on else None,
        "ownPassword": own_way.is_by_password(person),
    }


@router.patch("/me", auth=SignedIn())
def change_me(request: HttpRequest, change: Me) -> dict[str, str]:
    """Changes one's own language."""
    person = person_of(request)
    with audited() as log:
        person.language = change.language
        person.save(update_fields=["language"])
        log(Entry(Tag.LANGUAGE_CHANGED, actor=person.id, origin=origin_of(request), detail=change.language))
    return {"language": change.language}


@router.put("/me/quiet-hours", auth=SignedIn())
def set_quiet_hours(request: HttpRequest, change: QuietHours) -> dict[str, str]:
    """Sets one's own quiet hours; one's devices come back and are welcomed with them."""
    person = person_of(request)
    with audited() as log:
        person.quiet_from, person.quiet_until = change.hours or (None, None)
        person.save(update_fields=["quiet_from", "quiet_until"])
        log(Entry(Tag.QUIET_HOURS_SET, actor=person.id, origin=origin_of(request)))
        transaction.on_commit(lambda: hub.close_person(person.id, Close.RESTART))
    return {}
