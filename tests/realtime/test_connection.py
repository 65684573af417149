"""One connection's way out: in order, after `welcome`, and never more in memory than a slow reader may keep waiting."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any
from uuid import uuid4

from zorgmessenger.origin import NOWHERE
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.realtime.session import Session
from zorgmessenger.realtime.websocket import MAX_WAITING, Connection


class Wire:
    """What the server under us would do: takes what is sent, or lets it wait."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.sent: list[Any] = []

    async def send(self, message: MutableMapping[str, Any]) -> None:
        await self.open.wait()
        self.sent.append(message.get("text", message.get("code")))


def connection(wire: Wire) -> Connection:
    return Connection(uuid4(), NOWHERE, Session(rate=10, burst=10), wire.send)


def test_what_comes_before_the_welcome_goes_out_behind_it() -> None:
    async def scene() -> list[Any]:
        wire = Wire()
        mine = connection(wire)
        mine.send("early")
        mine.welcome("welcome")
        mine.send("late")
        return wire.sent

    assert asyncio.run(scene()) == ["welcome", "early", "late"]


def test_order_is_kept_while_the_line_is_blocked_and_after() -> None:
    async def scene() -> list[Any]:
        wire = Wire()
        mine = connection(wire)
        mine.welcome("0")
        wire.open.clear()
        for number in range(1, 50):
            mine.send(str(number))
        await asyncio.sleep(0)
        wire.open.set()
        await mine.flushed()
        mine.send("50")
        await asyncio.sleep(0)
        return wire.sent

    assert asyncio.run(scene()) == [str(number) for number in range(51)]


def test_a_slow_reader_is_dropped_instead_of_buffered_without_end() -> None:
    async def scene() -> tuple[list[Any], int]:
        wire = Wire()
        mine = connection(wire)
        mine.welcome("welcome")
        wire.open.clear()
        frame = "x" * 10_000
        for _ in range(MAX_WAITING // len(frame) * 3):
            mine.send(frame)
        kept = sum(len(waiting) for waiting in mine._outbox)  # noqa: SLF001  (how much memory it holds)
        wire.open.set()
        await mine.flushed()
        return wire.sent, kept

    sent, kept = asyncio.run(scene())
    assert kept == 0
    assert sent[-1] == Close.BEHIND
    assert len(sent) <= 3


def test_a_close_goes_out_once_and_nothing_after_it() -> None:
    async def scene() -> list[Any]:
        wire = Wire()
        mine = connection(wire)
        mine.welcome("welcome")
        mine.close(Close.SIGNED_OUT)
        mine.close(Close.MALFORMED)
        mine.send("too late")
        await asyncio.sleep(0)
        return wire.sent

    assert asyncio.run(scene()) == ["welcome", Close.SIGNED_OUT]
