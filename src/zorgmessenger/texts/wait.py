"""A time to wait, in words, rounded up."""

from __future__ import annotations

import math
from datetime import timedelta

from zorgmessenger.texts import text

_MINUTES_UP_TO = 90


def words(wait: timedelta, language: str) -> str:
    """`wait` as people say it: "1 minuut", "15 minuten", "24 uur"."""
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    if minutes <= _MINUTES_UP_TO:
        return text("wait.minute" if minutes == 1 else "wait.minutes", language, count=str(minutes))
    return text("wait.hours", language, count=str(math.ceil(minutes / 60)))
