"""Pages of a PDF over HTTP: a picture, and the text for who hears instead of sees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zorgmessenger.accounts import limits
from zorgmessenger.accounts.http import SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.files import answers, facts, kept_pages, log
from zorgmessenger.files.facts import Opened
from zorgmessenger.files.kept_pages import Kept

router = Router(tags=["files"])


@router.get("/files/{file}/pages/{page}", auth=SignedIn())
def page(request: HttpRequest, file: UUID, page: int) -> HttpResponse:
    """The picture of a page, from 1."""
    found, kept = _page(request, file, page)
    person, session = person_of(request).id, origin_of(request).session
    return answers.made(found, kept.picture, lambda: facts.going_on(person, session, file))


@router.get("/files/{file}/pages/{page}/text", auth=SignedIn())
def page_text(request: HttpRequest, file: UUID, page: int) -> dict[str, Any]:
    """The text of a page, from 1."""
    return {"text": kept_pages.text(*_page(request, file, page))}


def _page(request: HttpRequest, file: UUID, number: int) -> tuple[Opened, Kept]:
    person = person_of(request).id
    proof, found = facts.to_open(person, file)
    kept = kept_pages.kept(found, number)
    if kept is None:
        limits.check(limits.PAGES_MADE, str(person))
        kept = kept_pages.make(found, number)
        facts.to_open(person, file)  # that took a while
    log.opening(proof, found, origin_of(request), anew=False)
    return found, kept
