"""Pages of a PDF over HTTP: a picture, and the text for who hears instead of sees.

Whoever reads a document page by page is logged as having opened it: once for each hour in which they go on, from the
same device.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zorgmessenger import clock
from zorgmessenger.accounts import limits
from zorgmessenger.accounts.http import SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.audit.writer import record
from zorgmessenger.files import answers, facts, kept_pages, log
from zorgmessenger.files.facts import Opened
from zorgmessenger.files.kept_pages import Kept

router = Router(tags=["files"])
_AGAIN = timedelta(hours=1)
_MOST_REMEMBERED = 10_000
_logged: OrderedDict[tuple[str, UUID, UUID], datetime] = OrderedDict()
_lock = threading.Lock()


@router.get("/files/{file}/pages/{page}", auth=SignedIn())
def page(request: HttpRequest, file: UUID, page: int) -> HttpResponse:
    """The picture of a page, from 1."""
    found, kept = _page(request, file, page)
    person = person_of(request).id
    return answers.made(found, kept.picture_name, kept.picture, lambda: facts.to_open(person, file))


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
    origin = origin_of(request)
    reader = (origin.session, person, file)
    if _is_new(reader):
        record(log.opened(proof, found, origin))
        _remember(reader)
    return found, kept


def _is_new(reader: tuple[str, UUID, UUID]) -> bool:
    with _lock:
        return reader not in _logged or clock.now() - _logged[reader] >= _AGAIN


def _remember(reader: tuple[str, UUID, UUID]) -> None:
    with _lock:
        _logged[reader] = clock.now()
        _logged.move_to_end(reader)
        while len(_logged) > _MOST_REMEMBERED:
            _logged.popitem(last=False)
