"""Identifiers: UUID version 7 (RFC 9562, section 5.7), so that new rows stand together in an index."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

NIL = UUID(int=0)


def new() -> UUID:
    """A new id: 48 bits of milliseconds since 1970, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    return UUID(
        int=(milliseconds & (1 << 48) - 1) << 80
        | 0x7 << 76
        | (random >> 62) << 64
        | 0b10 << 62
        | random & (1 << 62) - 1
    )
