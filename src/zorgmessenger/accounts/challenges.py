"""Challenges for passkeys: 32 random bytes, good once, for five minutes, in the session that asked for one.

A challenge is used up by one DELETE: of several that use it in one moment one finds it. It is used up by whatever was
made of it, right or wrong.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Literal

from django.http import HttpRequest

from zorgmessenger import clock
from zorgmessenger.accounts.models import PasskeyChallenge
from zorgmessenger.accounts.request import origin_of

LASTS = timedelta(minutes=5)
Purpose = Literal["add", "use"]
_ASKED = "passkey_asked"


def give(request: HttpRequest, purpose: Purpose) -> bytes:
    """A new challenge for this session, which is begun where there was none: it then lasts no longer than that."""
    if request.session.session_key is None:
        request.session.create()
        request.session.set_expiry(LASTS)
    request.session[_ASKED] = True
    made = secrets.token_bytes(32)
    PasskeyChallenge.objects.create(
        key=_digest(made), session=origin_of(request).session, purpose=purpose, ends_at=clock.now() + LASTS
    )
    return made


def use(request: HttpRequest, purpose: Purpose, challenge: bytes) -> bool:
    """Uses a challenge up; gives whether it was one that this session was given for this."""
    found = PasskeyChallenge.objects.filter(
        key=_digest(challenge), session=origin_of(request).session, purpose=purpose, ends_at__gt=clock.now()
    )
    return found.delete()[0] == 1


def sweep() -> None:
    """Removes those that are over."""
    PasskeyChallenge.objects.filter(ends_at__lt=clock.now()).delete()


def _digest(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()
