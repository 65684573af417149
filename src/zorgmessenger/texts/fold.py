"""Text made alike for comparing: how something is written does not keep it from being found."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """A text on one line, without case and accents, so that `Één` is found by `een`."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.casefold().split())
