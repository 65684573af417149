"""Which browsers a person signed in with before, so that mail can tell of a new one.

A browser is known by a random id in a cookie that no script can read; here stands a keyed digest of it with the
person: of two people at one computer it does not show that they share one. The cookie opens nothing and makes no check
lighter: whoever steals it gains that one mail is not sent. The first browser of an account, that of its registration,
is no news.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zorgmessenger import clock
from zorgmessenger.accounts import notices
from zorgmessenger.accounts.models import KnownBrowser, Person
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log
from zorgmessenger.crypto.derived import derived

MOST = 50
"""Browsers that are remembered of one person: the last ones used."""
LASTS = 400 * 24 * 60 * 60
"""Seconds that the cookie lasts, as long as browsers keep one."""
_SHAPE = re.compile(r"[\w-]{43}")
_MET = "zorgmessenger.browser"


def meet(log: Log, request: HttpRequest, person: Person) -> None:
    """Notes with which browser somebody signs in, in the caller's action; one that is new is told of by mail."""
    said = request.COOKIES.get(settings.ZORG_DEVICE_COOKIE, "")
    cookie = said if _SHAPE.fullmatch(said) else secrets.token_urlsafe(32)
    request.META[_MET] = cookie
    now, before = clock.now(), KnownBrowser.objects.filter(person=person).exists()
    _, new = KnownBrowser.objects.update_or_create(
        key=_digest(person.id, cookie), person=person, defaults={"used_at": now}
    )
    if new and before:
        log(Entry(Tag.NEW_DEVICE, actor=person.id, origin=origin_of(request)))
        notices.tell(person, "new_device")
        last = KnownBrowser.objects.filter(person=person).order_by("-used_at").values_list("pk", flat=True)[:MOST]
        KnownBrowser.objects.filter(person=person).exclude(pk__in=list(last)).delete()


def remember(request: HttpRequest, answer: HttpResponse) -> None:
    """Gives a browser that somebody just signed in with its cookie, or lets that last anew."""
    cookie = request.META.get(_MET, "")
    if cookie:
        answer.set_cookie(
            settings.ZORG_DEVICE_COOKIE,
            cookie,
            max_age=LASTS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _digest(person: UUID, cookie: str) -> str:
    return hmac.digest(derived("known browsers"), f"{person}|{cookie}".encode(), hashlib.sha256).hex()
