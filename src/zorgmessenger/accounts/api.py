"""Over HTTP: who is signed in, the documents to agree to, one's own settings."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router

from zorgmessenger.accounts import addresses, terms
from zorgmessenger.accounts.http import Anybody, Body, SignedIn, person_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import language_of, origin_of
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record

router = Router(tags=["accounts"])


class Me(Body):
    """Changes to one's own settings."""

    language: Literal["nl", "en"]


@router.get("/session", auth=Anybody())
def session(request: HttpRequest) -> dict[str, Any]:
    """Whether somebody is signed in, and the CSRF token."""
    return {
        "signedIn": isinstance(request.user, Person),
        "csrf": get_token(request),
        "installation": {"name": settings.ZORG.installation_name},
        "demo": settings.ZORG.demo,
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
        "emails": addresses.of(person.id),
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
