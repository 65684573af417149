"""Who may ask an organisation's provider now: a bounded number at once, and nobody where that led to nothing just now.

SON-18 Of each organisation `AT_ONCE` requests ask at once and `WAITING` wait for `PATIENCE` seconds: apart for sessions
       in use, and for who is signed out and signs on. So one slow provider holds up no other organisation, and no
       stranger holds up who is in.
SON-19 A provider that did not answer is out of reach for all for `OUT_OF_REACH` seconds; one that answers what cannot
       be used, for that session alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from zorgmessenger.signon.told import Unreachable, Useless

AT_ONCE = 3
WAITING = 3
PATIENCE = 3.0
OUT_OF_REACH = 30.0
"""Seconds; not less than `checks.UNDER_WAY`."""
_reach: dict[UUID | str, float] = {}
_queues: dict[tuple[UUID, bool], Queue] = {}
_lock = threading.Lock()


class Queue:
    """Who asks now, and who waits to."""

    def __init__(self) -> None:
        self._asking = threading.BoundedSemaphore(AT_ONCE)
        self._waiting = threading.BoundedSemaphore(WAITING)

    @contextmanager
    def turn(self, *, patient: bool) -> Iterator[bool]:
        """One's turn to ask, if there is one: at once, or within `PATIENCE`."""
        mine = self._asking.acquire(blocking=False) or (patient and self._later())
        try:
            yield mine
        finally:
            if mine:
                self._asking.release()

    def _later(self) -> bool:
        with self.wait() as may:
            return may and self._asking.acquire(timeout=PATIENCE)

    @contextmanager
    def wait(self) -> Iterator[bool]:
        """A place to wait in, if there is one."""
        mine = self._waiting.acquire(blocking=False)
        try:
            yield mine
        finally:
            if mine:
                self._waiting.release()


def queue(organisation: UUID, *, strangers: bool = False) -> Queue:
    """Who asks an organisation's provider: about sessions, or strangers who sign on."""
    with _lock:
        return _queues.setdefault((organisation, strangers), Queue())


@contextmanager
def as_stranger(organisation: UUID) -> Iterator[None]:
    """Around what asks the provider for somebody who is signed out. SON-18 and SON-19.

    Raises:
        Unreachable: it is not to be asked now, or does not answer.
    """
    if is_out_of_reach(organisation):
        raise Unreachable("out of reach just now")
    with queue(organisation, strangers=True).turn(patient=True) as mine:
        if not mine or is_out_of_reach(organisation):
            raise Unreachable("too many ask at once")
        try:
            yield
        except Useless:
            raise
        except Unreachable:
            came_to_nothing(organisation)
            raise


def is_out_of_reach(*whom: UUID | str) -> bool:
    """Whether an organisation, or a session, is not to be asked about now. SON-19."""
    now = time.monotonic()
    return any(_reach.get(one, 0.0) > now for one in whom)


def came_to_nothing(whom: UUID | str) -> None:
    """Asking did: of an organisation's provider, or about a session."""
    now = time.monotonic()
    with _lock:
        for over in [one for one, until in _reach.items() if until <= now]:
            del _reach[over]
        _reach[whom] = now + OUT_OF_REACH


def answered(organisation: UUID) -> None:
    """Its provider did."""
    with _lock:
        _reach.pop(organisation, None)


def forget() -> None:
    """Forgets who was out of reach."""
    with _lock:
        _reach.clear()
