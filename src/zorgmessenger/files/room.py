"""Threads that wait for a picture to be made: never so many that nobody else is answered.

The studio takes seconds, and HTTP has a fixed number of threads. At most half of them wait for it; who comes then is
told at once to come again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings

from zorgmessenger.errors import Unavailable


@contextmanager
def room() -> Iterator[None]:
    """Held while a request waits for something to be made.

    Raises:
        Unavailable: as many wait as may.
    """
    if not _free().acquire(blocking=False):
        raise Unavailable("as many pictures as may be are being made")
    try:
        yield
    finally:
        _free().release()


@cache
def _free() -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(max(1, settings.ZORG.http_threads // 2))
