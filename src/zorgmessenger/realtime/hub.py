"""Who listens where on this process, and one prepared frame for all of them.

The loop owns the tables. `tell` and `close_…` may be called from any thread and, outside the loop, take effect soon; in
a process without a loop (a command, the demo's set-up) nobody listens and nothing happens.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from typing import Protocol
from uuid import UUID

from zorgmessenger.realtime.protocol import Close, ServerFrame, encode


class Listener(Protocol):
    """One open socket."""

    person: UUID
    session: str

    def send(self, data: str) -> None: ...
    def close(self, code: int) -> None: ...
    def recheck(self) -> None: ...


class Hub:
    """The sockets of this process, by person."""

    def __init__(self) -> None:
        self._listeners: dict[UUID, set[Listener]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0

    def bind(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Says which loop owns the tables; called on it."""
        self._loop = loop
        self._thread = threading.get_ident()
        self._listeners.clear()

    def join(self, listener: Listener) -> None:
        """Starts telling `listener`. On the loop."""
        self._listeners.setdefault(listener.person, set()).add(listener)

    def leave(self, listener: Listener) -> None:
        """Stops telling `listener`. On the loop."""
        mine = self._listeners.get(listener.person)
        if mine is not None:
            mine.discard(listener)
            if not mine:
                del self._listeners[listener.person]

    def tell(self, people: Iterable[UUID], frame: ServerFrame, but: Listener | None = None) -> None:
        """Sends `frame` to every socket of `people`, save `but`."""
        self._on_loop(lambda: self._tell(people, frame, but))

    def people(self) -> list[UUID]:
        """Everybody with a socket on this process, from any thread."""
        return list(self._listeners)

    def sessions(self, person: UUID) -> set[str]:
        """In which of a person's sessions a socket is open on this process, from any thread."""
        return {listener.session for listener in list(self._listeners.get(person, ()))}

    def close_person(self, person: UUID, code: int = Close.SIGNED_OUT) -> None:
        """Closes all of a person's sockets; with `Close.RESTART` their devices come back and read everything anew."""
        self._on_loop(lambda: self._close(lambda _: True, [person], code))

    def close_session(self, session: str, code: int = Close.SIGNED_OUT) -> None:
        """Closes the sockets of one signed-in browser."""
        if session:
            self._on_loop(lambda: self._close(lambda one: one.session == session, list(self._listeners), code))

    def recheck_session(self, session: str) -> None:
        """Has the sockets of one signed-in browser asked anew how long they may listen: that became less."""
        self._on_loop(lambda: self._recheck(session))

    def close_all(self, code: int) -> None:
        """Closes every socket. On the loop."""
        for listeners in list(self._listeners.values()):
            for listener in list(listeners):
                listener.close(code)

    def __len__(self) -> int:
        return sum(len(listeners) for listeners in self._listeners.values())

    def _tell(self, people: Iterable[UUID], frame: ServerFrame, but: Listener | None) -> None:
        data = ""
        for person in people:
            for listener in self._listeners.get(person, ()):
                if listener is not but:
                    data = data or encode(frame).decode()
                    listener.send(data)

    def _close(self, which: Callable[[Listener], bool], people: Iterable[UUID], code: int = Close.SIGNED_OUT) -> None:
        for person in people:
            for listener in list(self._listeners.get(person, ())):
                if which(listener):
                    listener.close(code)

    def _recheck(self, session: str) -> None:
        for listeners in self._listeners.values():
            for listener in listeners:
                if listener.session == session:
                    listener.recheck()

    def _on_loop(self, what: Callable[[], None]) -> None:
        if self._loop is None or self._loop.is_closed():
            return
        if threading.get_ident() == self._thread:
            what()
        else:
            self._loop.call_soon_threadsafe(what)


hub = Hub()
"""The hub of this process."""
