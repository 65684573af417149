"""The only source of the present moment, so that tests and made-up histories can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _moved.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Makes `now` give `moment` in this thread or task, for a while."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)
