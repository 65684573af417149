"""The only file on the socket: ASGI's WebSocket on one side, the pure session and the service on the other.

A socket is accepted when its Origin is ours, closed at once when nobody is signed in on it, and does not outlive the
session that signed its person in, nor the lock of its browser. What the hub sends before `welcome` has gone out waits
behind it. A reader that is too slow is dropped, to come back and catch up, rather than buffered without end.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from datetime import timedelta
from http.cookies import CookieError, SimpleCookie
from typing import Any, Protocol
from uuid import UUID

import structlog

from zorgmessenger.errors import ZorgError
from zorgmessenger.origin import Origin, network_address
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import Hub
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.realtime.session import Effect, Perform, Reply, Session, Shut

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_log = structlog.get_logger()
HELLO_WITHIN = 10.0
MAX_WAITING = 2 * 1024 * 1024
"""Characters that may wait for a slow reader."""


class Service(Protocol):
    """What stands behind a socket. Nothing here blocks the loop."""

    async def identify(self, cookie: str) -> tuple[UUID, str] | None:
        """The person signed in by this session cookie, and the digest of the session."""

    async def welcome(self, connection: Connection, hello: protocol.Hello) -> tuple[str, timedelta] | int:
        """The prepared answer to `hello`, and how long the person may listen; or the code to close with."""

    async def remaining(self, connection: Connection) -> timedelta | int:
        """How long somebody who is connected may listen still, or the code to close with."""

    def perform(self, connection: Connection, frame: protocol.ClientFrame) -> None:
        """Does what a frame asks; answers go to `connection`."""

    def left(self, connection: Connection) -> None:
        """The device of this connection listens no longer."""


class Connection:
    """One open socket of one person."""

    __slots__ = (
        "_close_code",
        "_closed",
        "_flushing",
        "_held",
        "_outbox",
        "_send",
        "_waiting",
        "doubted",
        "origin",
        "person",
        "present",
        "recheck",
        "session",
        "state",
        "watch",
    )

    def __init__(self, person: UUID, origin: Origin, state: Session, send: Send) -> None:
        self.person = person
        self.session = origin.session
        self.origin = origin
        self.state = state
        self._send = send
        self._outbox: deque[str] = deque()
        self._held: list[str] | None = []
        self._waiting = 0
        self._flushing: asyncio.Task[None] | None = None
        self._close_code = 0
        self._closed = False
        self.watch: asyncio.TimerHandle | asyncio.Task[None] | None = None
        self.doubted = False
        """Whether `recheck` was called before it was known how long its person may listen."""
        self.recheck: Callable[[], None] = self._doubt
        """Asks anew how long its person may listen."""
        self.present: tuple[Any, ...] = ()
        """What the service knows of this device's presence."""

    def send(self, data: str) -> None:
        """Sends a prepared frame, after `welcome`."""
        if self._held is not None:
            self._held.append(data)
        else:
            self._put(data)

    def answer(self, frame: protocol.ServerFrame) -> None:
        """Sends one frame."""
        self.send(protocol.encode(frame).decode())

    def welcome(self, data: str) -> None:
        """Sends the answer to `hello`, then what waited for it."""
        held, self._held = self._held or [], None
        for waiting in (data, *held):
            self._put(waiting)

    def close(self, code: int) -> None:
        """Closes the socket once what is on its way has gone."""
        if not self._close_code:
            self._close_code = code
            self.state.closed = True
            self._flush()

    @property
    def signed_out(self) -> bool:
        """Whether it was closed because its person may not be connected (any more)."""
        return self._close_code == Close.SIGNED_OUT

    async def flushed(self) -> None:
        """Waits until what was sent has gone out."""
        if self._flushing is not None:
            await self._flushing

    def _doubt(self) -> None:
        self.doubted = True

    def _put(self, data: str) -> None:
        if self._close_code:
            return
        self._waiting += len(data)
        if self._waiting > MAX_WAITING and self._outbox:
            self._outbox.clear()
            self.close(Close.BEHIND)
            return
        self._outbox.append(data)
        self._flush()

    def _flush(self) -> None:
        """Sends what waits, at once where the socket takes it: no task, as Python 3.12's eager tasks would do."""
        if self._flushing is not None:
            return
        flushing = self._drain()
        try:
            blocked = flushing.send(None)
        except StopIteration:
            return
        self._flushing = asyncio.get_running_loop().create_task(_go_on(flushing, blocked))
        self._flushing.add_done_callback(self._flushed)

    def _flushed(self, _: asyncio.Task[None]) -> None:
        self._flushing = None
        self._flush()

    async def _drain(self) -> None:
        try:
            while self._outbox:
                data = self._outbox.popleft()
                await self._send({"type": "websocket.send", "text": data})
                self._waiting -= len(data)
            if self._close_code and not self._closed:
                self._closed = True
                await self._send({"type": "websocket.close", "code": self._close_code})
        except (OSError, RuntimeError):
            self._outbox.clear()
            self.state.closed = True


async def _go_on(started: Coroutine[Any, None, None], blocked: Any) -> None:
    """Takes over a coroutine that was started by hand and waits for the future `blocked`."""
    while True:
        if blocked is None:
            await asyncio.sleep(0)
        else:
            blocked._asyncio_future_blocking = False  # noqa: SLF001  (what a task does with the future it gets)
            await asyncio.wait([blocked])
        try:
            blocked = started.send(None)
        except StopIteration:
            return


class Endpoint:
    """The ASGI application for `/socket`."""

    def __init__(self, service: Service, hub: Hub, *, origins: frozenset[str], cookie: str, rate: float) -> None:
        self._service = service
        self._hub = hub
        self._origins = origins
        self._cookie = cookie
        self._rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one socket."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        await receive()
        if headers.get(b"origin", "") not in self._origins:
            await send({"type": "websocket.close", "code": Close.SIGNED_OUT})
            return
        await send({"type": "websocket.accept"})
        who = await self._identify(cookie_in(headers.get(b"cookie", ""), self._cookie))
        if isinstance(who, int):
            await send({"type": "websocket.close", "code": who})
            return
        address = network_address(str((scope.get("client") or ("",))[0]))
        session = Session(rate=self._rate, burst=self._rate * 10)
        connection = Connection(who[0], Origin(address, who[1]), session, send)
        try:
            await self._serve(connection, receive)
        except Exception:  # noqa: BLE001  (one socket's trouble is its own: it comes back and catches up)
            _log.exception("socket")
            connection.close(Close.FAILED)
            await connection.flushed()
        finally:
            self._hub.leave(connection)
            self._service.left(connection)
            if connection.watch is not None:
                connection.watch.cancel()

    def _end_with_session(self, connection: Connection, lasts: timedelta) -> None:
        def ask() -> None:
            if connection.watch is not None:
                connection.watch.cancel()
            connection.watch = loop.create_task(self._end_or_go_on(connection))

        loop = asyncio.get_running_loop()
        connection.watch = loop.call_later(lasts.total_seconds(), ask)
        connection.recheck = ask

    async def _end_or_go_on(self, connection: Connection) -> None:
        """Closes a socket whose session or lock is over; where it was renewed meanwhile the socket goes on."""
        try:
            lasts = await self._service.remaining(connection)
        except ZorgError:
            connection.close(Close.FAILED)
            return
        if isinstance(lasts, int):
            connection.close(lasts)
        else:
            self._end_with_session(connection, lasts)

    async def _identify(self, cookie: str) -> tuple[UUID, str] | int:
        try:
            return await self._service.identify(cookie) or Close.SIGNED_OUT
        except ZorgError:
            return Close.FAILED

    async def _serve(self, connection: Connection, receive: Receive) -> None:
        state = connection.state
        overdue = asyncio.get_running_loop().call_later(HELLO_WITHIN, self._expect_hello, connection)
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                state.closed = True
                overdue.cancel()
                return
            text = message.get("text")
            effect = state.malformed() if text is None else state.receive(text, time.monotonic())
            if effect is not None:
                await self._cause(connection, effect)

    async def _cause(self, connection: Connection, effect: Effect) -> None:
        match effect:
            case Shut(code):
                connection.close(code)
            case Reply(frame):
                connection.answer(frame)
            case Perform(protocol.Hello() as hello):
                self._hub.join(connection)
                welcome = await self._service.welcome(connection, hello)
                if isinstance(welcome, int):
                    connection.close(welcome)
                else:
                    connection.welcome(welcome[0])
                    self._end_with_session(connection, timedelta() if connection.doubted else welcome[1])
            case Perform(frame):
                self._service.perform(connection, frame)

    def _expect_hello(self, connection: Connection) -> None:
        if not connection.state.greeted:
            connection.close(Close.TOO_SLOW)


def cookie_in(header: str, name: str) -> str:
    """A cookie's value in a `Cookie` header; empty where it is not there."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
