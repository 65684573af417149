"""The server's time, put forward by a test."""

from __future__ import annotations

from datetime import datetime, timedelta

from zorgmessenger import clock


class Clock:
    """The server's time, which can be put forward."""

    def __init__(self) -> None:
        self._real = clock.now
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._real() + self._ahead

    def forward(self, **by: float) -> None:
        """Puts it forward."""
        self._ahead += timedelta(**by)
