"""What counts as a telephone number that can be called from a page."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\+?\d[\d ()-]{1,23}\d|\d{3}", re.ASCII)


def is_number(said: str) -> bool:
    """Whether `said` can be called: `112`, `030 123 45 67`, `+31 (0)6-12345678`."""
    return _NUMBER.fullmatch(said) is not None
