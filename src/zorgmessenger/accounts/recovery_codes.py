"""Recovery codes: ten of about fifty random bits each, for who has lost their telephone. Each is good once.

They are shown when they are made and never again: only a keyed digest of each is kept, bound to its person. They hold
no letters or digits that look alike, and are read in capitals as well, with or without the dash.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

from zorgmessenger.crypto.derived import derived

COUNT = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_HALF = 5


def new() -> list[str]:
    """Ten codes, as they are shown: `x7kdm-4qpra`."""
    return ["-".join("".join(secrets.choice(_ALPHABET) for _ in range(_HALF)) for _ in range(2)) for _ in range(COUNT)]


def digest(person: UUID, code: str) -> str:
    """What is kept of a code; `code` is `plain` already."""
    return hmac.digest(derived("recovery codes"), f"{person}|{code}".encode(), hashlib.sha256).hex()


def plain(said: str) -> str:
    """A code of any kind as it is compared: without spaces and dashes, in small letters."""
    return "".join(said.split()).replace("-", "").lower()
