"""Codes that an app makes from a shared secret and the time (TOTP, RFC 6238): six digits, a new one each 30 seconds.

A clock may be one step behind or ahead. A code is good once: its step has to lie above the last one that was used, so
that neither the same code nor an older one is accepted again.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings

PERIOD = 30
DIGITS = 6
DRIFT = 1
"""Steps that a clock may be off, to both sides."""


def new_secret() -> str:
    """A secret of 160 random bits, as RFC 4226 advises, in base32."""
    return generate_totp_secret()


def step_at(moment: datetime) -> int:
    """The number of the step that `moment` falls in."""
    return int(moment.timestamp()) // PERIOD


def code_of(secret: str, step: int) -> str:
    """The code of one step."""
    return format_hotp_value(hotp_value(secret, step))


def step_of(secret: str, code: str, moment: datetime, used: int) -> int | None:
    """The step around `moment`, above `used`, that `code` is of; None where it is of none."""
    if not is_code(code):
        return None
    now = step_at(moment)
    steps = range(max(now - DRIFT, used + 1), now + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(code_of(secret, step), code)), None)


def is_code(said: str) -> bool:
    """Whether this has the form of a code."""
    return len(said) == DIGITS and said.isascii() and said.isdigit()


def address_of(secret: str, account: str) -> str:
    """What an app reads from the QR code (the Key URI format of Google Authenticator)."""
    issuer = str(settings.ZORG.installation_name)
    asked = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{asked}"


def picture_of(address: str) -> str:
    """A QR code with `address`, as a `data:` address of an SVG image: black on white in every theme."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
