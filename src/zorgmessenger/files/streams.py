"""Answers too large to make whole: Django decides and writes the headers, the loop sends the rest.

A view gives its parts here and names them in the header `X-Streamed`, which never leaves the process
(`config.http` takes it out). So no thread is held while somebody reads slowly, and no more than a part is in memory.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator

HEADER = "X-Streamed"
MOST_WAITING = 1_000
_waiting: OrderedDict[str, Iterator[bytes]] = OrderedDict()
_lock = threading.Lock()


def hand_over(parts: Iterator[bytes]) -> str:
    """Keeps the parts until the loop takes them; gives the name to put in the header."""
    name = secrets.token_urlsafe(16)
    with _lock:
        _waiting[name] = parts
        while len(_waiting) > MOST_WAITING:  # whose answers were never begun
            _waiting.popitem(last=False)
    return name


def take(name: str) -> Iterator[bytes]:
    """The parts, once; none for a name that is not known."""
    with _lock:
        return _waiting.pop(name, iter(()))
