"""What is no message: a body in which nothing can be read."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Control and format characters, and spaces, by Unicode's general category."""


def is_blank(body: str) -> bool:
    """Whether there is nothing in it but white space and control characters. Looks no further than it has to."""
    return all(unicodedata.category(character) in _UNSEEN for character in body)
