"""Sends what a view handed over (`files.streams`), part by part: read and opened on a few threads, sent by the loop.

The next part is made only when the one before is on its way, so that who reads slowly costs one part of memory and no
thread. Where a part cannot be made the connection is broken off: a length was promised, and half a file is no answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from django.db import close_old_connections

from zorgmessenger.files import streams
from zorgmessenger.realtime.websocket import Receive, Send

_log = structlog.get_logger()
THREADS = 4
_HEADER = streams.HEADER.lower().encode()


class Streamer:
    """The threads, and the way from them to a connection."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="stream")

    def stop(self) -> None:
        """Ends the threads."""
        self._threads.shutdown(cancel_futures=True)

    def streaming(self, receive: Receive, send: Send) -> Send:
        """A `send` that puts the parts where Django's empty body would be."""
        parts: list[Iterator[bytes]] = []

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                names = [value for name, value in message["headers"] if name.lower() == _HEADER]
                parts.extend(streams.take(name.decode()) for name in names)
                headers = [(name, value) for name, value in message["headers"] if name.lower() != _HEADER]
                await send({**message, "headers": headers})
            elif not parts:
                await send(message)
            elif not message.get("more_body"):
                await self._send(parts.pop(), receive, send)

        return sending

    async def _send(self, parts: Iterator[bytes], receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(receive())
        try:
            while not gone.done():
                part = await asyncio.get_running_loop().run_in_executor(self._threads, _next, parts)
                if part is None:
                    await send({"type": "http.response.body", "body": b""})
                    return
                await send({"type": "http.response.body", "body": part, "more_body": True})
        finally:
            gone.cancel()


def _next(parts: Iterator[bytes]) -> bytes | None:
    try:
        return next(parts, None)
    except Exception as error:
        _log.warning("a download was broken off", error=type(error).__name__)
        raise
    finally:
        close_old_connections()
