"""The envelope sender of each mail: an address of its own, so that what comes back says whose mail it was (VERP).

`bounces@mail.example.nl` becomes `bounces+<token>@mail.example.nl`. A token is base32 of day (2 bytes) ‖ digest of
the recipient's address (10) ‖ code (8): 32 letters and digits.

Laws:
1. Without this installation's key nobody can make a token (HMAC-SHA-256, RFC 2104), or tell the address from one.
2. A token lasts `LASTS`, longer than mail servers go on trying.
3. Upper and lower case are one: mail servers change them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from zorgmessenger import clock
from zorgmessenger.crypto.derived import derived
from zorgmessenger.delivery import refused
from zorgmessenger.delivery.bounces import NoBounce

LASTS = timedelta(days=10)
_DAY = 2
_CODE = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def return_path(bounces: str, to: str) -> str:
    """The envelope sender of a mail to `to`; `bounces` is the address at which what comes back is received."""
    local, _, domain = bounces.partition("@")
    told = _today().to_bytes(_DAY) + refused.digest(to)
    return f"{local}+{base64.b32encode(told + _code(told)).decode().lower()}@{domain}"


def digest_in(token: str) -> bytes:
    """The digest (`delivery.refused.digest`) of the address that `token`, 32 characters of base32, was made for.

    Raises:
        NoBounce: it was not made by this installation, or is too old.
    """
    raw = base64.b32decode(token.upper())
    told, code = raw[:-_CODE], raw[-_CODE:]
    if not hmac.compare_digest(code, _code(told)):
        raise NoBounce("the token is not of this installation")
    if not 0 <= _today() - int.from_bytes(told[:_DAY]) <= LASTS.days:
        raise NoBounce("the token is too old")
    return told[_DAY:]


def _today() -> int:
    return (clock.now() - _EPOCH).days


def _code(told: bytes) -> bytes:
    return hmac.digest(derived("return paths"), told, hashlib.sha256)[:_CODE]
