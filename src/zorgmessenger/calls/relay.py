"""Credentials for the relay (TURN), made without asking it: whoever shares its secret can tell them from made-up ones.

The manner is that of draft-uberti-behave-turn-rest-00, section 2.2: the user name holds until when it is valid, the
password is its HMAC under the shared secret. What else the user name holds is the relay's name for one person in one
call: its log and its quotas tell people apart, and name nobody.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from zorgmessenger.calls.places import TurnServer

VALID = timedelta(minutes=10)
"""How long one can begin to be relayed; what is being relayed goes on."""
_NAME_BYTES = 16


class IceServer(msgspec.Struct, frozen=True):
    """What a browser is told of the relay (`RTCIceServer`), and until when it holds."""

    urls: list[str]
    username: str
    credential: str
    until: datetime


def credentials(person: UUID, call: UUID, now: datetime, server: TurnServer | None) -> list[IceServer]:
    """What that person may use the relay with in that call; nothing where there is no relay."""
    if server is None:
        return []
    expiry = int((now + VALID).timestamp())
    username = f"{expiry}:{_name(person, call, server.secret)}"
    password = hmac.digest(server.secret.encode(), username.encode(), hashlib.sha1)
    return [IceServer(list(server.urls), username, b64encode(password).decode(), datetime.fromtimestamp(expiry, UTC))]


def _name(person: UUID, call: UUID, secret: str) -> str:
    return hmac.digest(secret.encode(), b"relay name" + person.bytes + call.bytes, hashlib.sha256)[:_NAME_BYTES].hex()
