"""The secret in an invitation's link: 256 random bits, of which the database keeps a digest only."""

from __future__ import annotations

import hashlib
import secrets


def generate() -> str:
    """A new token, 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
