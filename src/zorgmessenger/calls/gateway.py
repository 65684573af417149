"""Our one line to Janus: its WebSocket API (`janus-protocol`), of which nothing is known here but the framing.

`Gateway.run` keeps one connection with one Janus session on it, and makes both anew when they end. A request carries a
transaction; its answer comes with that, as `success`, `error` or, after an `ack`, as an `event`. What else comes is for
a handle. Janus forgets a session and all its handles when its connection ends, so then every handle is lost, and what
waited is `Unavailable`.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import msgspec
import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from zorgmessenger.calls.places import JanusServer
from zorgmessenger.errors import Unavailable

Message = dict[str, Any]

_log = structlog.get_logger()
PATIENCE = 5.0
"""Seconds in which Janus answers; it does within milliseconds."""
KEEP_ALIVE = 20.0
"""Seconds between signs of life; Janus ends a session that gave none for 60."""
_PING = 3.0
_SHORTEST_WAIT, _LONGEST_WAIT = 0.05, 1.0
_LARGEST = 1024 * 1024
_HANDLE_GONE = 459


class JanusError(Exception):
    """Janus' or its plugin's error; `code` is its number in `apierror.h` or in the plugin."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        super().__init__(f"janus {code}: {reason[:200]}")


class Handle:
    """One attachment to the plugin; Janus has one peer connection for each.

    Args:
        on_event: is called with what the plugin says unasked, and the session description with it.
        on_lost: is called when Janus hung up or went away, perhaps more than once.
    """

    def __init__(
        self, gateway: Gateway, number: int, on_event: Callable[[Message, str], None], on_lost: Callable[[], None]
    ) -> None:
        self._gateway = gateway
        self.number = number
        self.on_event = on_event
        self.on_lost = on_lost

    async def ask(self, body: Message, jsep: Message | None = None) -> tuple[Message, str]:
        """What the plugin answers, and the session description with it, or an empty one.

        Raises:
            JanusError: it refuses.
            Unavailable: it does not answer.
        """
        request: Message = {"janus": "message", "handle_id": self.number, "body": body}
        return _plugin(await self._gateway.ask(request | ({"jsep": jsep} if jsep else {})))

    async def trickle(self, candidate: Message) -> None:
        """Passes a candidate of the other side on.

        Raises:
            JanusError, Unavailable: as `ask`.
        """
        await self._gateway.ask({"janus": "trickle", "handle_id": self.number, "candidate": candidate})

    async def detach(self) -> None:
        """Ends it, and the peer connection with it; it is not told that it is lost."""
        if self._gateway.handles.pop(self.number, None):
            with suppress(JanusError, Unavailable):
                await self._gateway.ask({"janus": "detach", "handle_id": self.number})


class Gateway:
    """The connection to one Janus.

    Args:
        ready: is awaited whenever there is a new session, before it counts as available.
    """

    def __init__(self, server: JanusServer, plugin: str, ready: Callable[[], Awaitable[None]]) -> None:
        self.handles: dict[int, Handle] = {}
        self.available = False
        self._server = server
        self._plugin = plugin
        self._ready = ready
        self._socket: ClientConnection | None = None
        self._session: int | None = None
        self._waiting: dict[str, tuple[bool, asyncio.Future[Message]]] = {}

    async def run(self) -> None:
        """Stays connected until cancelled."""
        wait, told = _SHORTEST_WAIT, False
        while True:
            try:
                async with (
                    connect(
                        self._server.url,
                        subprotocols=[Subprotocol("janus-protocol")],
                        max_size=_LARGEST,
                        compression=None,
                        open_timeout=PATIENCE,
                        close_timeout=1,
                        ping_interval=_PING,
                        ping_timeout=_PING,
                        proxy=None,
                    ) as self._socket,
                    asyncio.TaskGroup() as tasks,
                ):
                    tasks.create_task(self._live())
                    tasks.create_task(self._receive(self._socket))
            except* (OSError, WebSocketException, msgspec.DecodeError, LookupError, JanusError, Unavailable) as group:
                if self.available or not told:
                    _log.warning("janus is away", why=str(group.exceptions[0]))
                wait, told = (_SHORTEST_WAIT if self.available else min(wait * 2, _LONGEST_WAIT)), True
            finally:
                self._forget()
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311  (spreads, hides nothing)

    async def attach(self, on_event: Callable[[Message, str], None], on_lost: Callable[[], None]) -> Handle:
        """A new handle.

        Raises:
            Unavailable: Janus does not answer.
            JanusError: it refuses.
        """
        said = await self.ask({"janus": "attach", "plugin": self._plugin})
        handle = Handle(self, said["data"]["id"], on_event, on_lost)
        self.handles[handle.number] = handle
        return handle

    async def ask(self, request: Message) -> Message:
        """Janus' answer to one request.

        Raises:
            JanusError: it refuses.
            Unavailable: it does not answer in time, or is away.
        """
        if self._socket is None:
            raise Unavailable("janus is away")
        transaction = uuid4().hex
        more = {"transaction": transaction, "apisecret": self._server.secret}
        session = {} if self._session is None else {"session_id": self._session}
        answer = asyncio.get_running_loop().create_future()
        self._waiting[transaction] = request["janus"] == "message", answer
        try:
            async with asyncio.timeout(PATIENCE):
                await self._socket.send(msgspec.json.encode(request | more | session), text=True)
                return _checked(await answer)
        except (OSError, WebSocketException, TimeoutError) as error:
            raise Unavailable(f"janus does not answer: {type(error).__name__}") from error
        finally:
            del self._waiting[transaction]

    async def _live(self) -> None:
        self._session = (await self.ask({"janus": "create"}))["data"]["id"]
        await self._ready()
        self.available = True
        _log.info("janus is here")
        while True:
            await asyncio.sleep(KEEP_ALIVE)
            await self.ask({"janus": "keepalive"})

    async def _receive(self, socket: ClientConnection) -> None:
        async for frame in socket:
            self._take(msgspec.json.decode(frame, type=Message))
        raise Unavailable("janus closed the connection")

    def _take(self, message: Message) -> None:
        kind = message.get("janus")
        plugin, answer = self._waiting.get(message.get("transaction", ""), (False, None))
        handle = self.handles.get(message.get("sender", 0))
        if kind == "timeout":
            raise Unavailable("janus ended the session")
        if answer is not None:
            if not answer.done() and not (plugin and kind == "ack"):
                answer.set_result(message)
        elif kind == "event" and handle:
            with suppress(JanusError):
                handle.on_event(*_plugin(message))
        elif kind in {"hangup", "detached"} and handle:
            handle.on_lost()

    def _forget(self) -> None:
        self.available, self._socket, self._session = False, None, None
        for _, answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(Unavailable("janus went away"))
        lost, self.handles = list(self.handles.values()), {}
        for handle in lost:
            handle.on_lost()


def _checked(message: Message) -> Message:
    if message.get("janus") == "error":
        error = message.get("error", {})
        if error.get("code") == _HANDLE_GONE:
            raise Unavailable("janus hung up")
        raise JanusError(error.get("code", 0), error.get("reason", ""))
    return message


def _plugin(message: Message) -> tuple[Message, str]:
    data: Message = message.get("plugindata", {}).get("data", {})
    if "error_code" in data:
        raise JanusError(data["error_code"], data.get("error", ""))
    return data, message.get("jsep", {}).get("sdp", "")
