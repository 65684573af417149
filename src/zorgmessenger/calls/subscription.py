"""What one seat receives: all streams of all others, over one peer connection, negotiated anew as they change.

SUB-1 One negotiation at a time: from an offer until the browser's answer reached Janus nothing is asked of it. What
changed meanwhile is asked for afterwards, at once. Janus offers by itself too when a publisher goes, and keeps to this.

SUB-2 What is received follows what is published (`wanted`), whatever was lost in between: the difference is what is
asked for. A publisher may go while Janus is asked for its streams: Janus refuses then, and the news of its going leads
to asking anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec
import structlog

from zorgmessenger.calls.gateway import Gateway, Handle, JanusError, Message
from zorgmessenger.errors import RequestError, Unavailable

_log = structlog.get_logger()
Source = tuple[str, str]
"""A publisher's seat, and the media id there."""


class Stream(msgspec.Struct, frozen=True):
    """One stream in an offer: by its media id, whose it is, and what the publisher said that it shows."""

    mid: str
    seat: str
    kind: Literal["audio", "video"]
    what: str


class Subscription:
    """The receiving half of a seat.

    Args:
        room: what a `join` must hold to get in.
        offer: is called with each offer of Janus', and the streams that are in it.
        lost: is called when Janus hung up or went away.
    """

    def __init__(
        self, gateway: Gateway, room: Message, offer: Callable[[str, list[Stream]], object], lost: Callable[[], None]
    ) -> None:
        self._gateway = gateway
        self._room = room
        self._offer = offer
        self._lost = lost
        self._handle: Handle | None = None
        self._wanted: dict[Source, str] = {}
        self._received: set[Source] = set()
        self._streams: list[Stream] = []
        self._offered = self._restart = self._news = self._ended = False
        self._one = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def publishes(self, seat: str, streams: dict[str, str]) -> None:
        """A publisher has these streams now: by media id, what each shows."""
        others = {source: what for source, what in self._wanted.items() if source[0] != seat}
        self._wanted = others | {(seat, mid): what for mid, what in streams.items()}
        self._changed()

    def gone(self, seat: str) -> None:
        """A publisher is gone; Janus stops its streams by itself."""
        self._received = {source for source in self._received if source[0] != seat}
        self.publishes(seat, {})

    def restart(self) -> None:
        """Lets an offer with new ICE credentials come, as soon as there can be one."""
        self._restart = self._handle is not None
        self._changed()

    async def answered(self, sdp: str) -> None:
        """The browser's answer to the last offer.

        Raises:
            RequestError: nothing was offered.
            JanusError, Unavailable: Janus does not take it.
        """
        async with self._one:
            if self._handle is None or not self._offered:
                raise RequestError("an answer to nothing", code="bad_request")
            self._offered = False  # before Janus is told: its next offer may be here before we know that it was
            try:
                await self._handle.ask({"request": "start"}, {"type": "answer", "sdp": sdp})
            except (JanusError, Unavailable):
                self._offered = True
                raise
        self._changed()

    async def trickle(self, candidate: Message) -> None:
        """Passes on a candidate of the browser's; without a peer connection there is nothing it could be for.

        Raises:
            JanusError, Unavailable: Janus does not take it.
        """
        if self._handle:
            await self._handle.trickle(candidate)

    async def end(self) -> None:
        """Receives nothing more."""
        self._ended = True
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])
        if self._handle:
            await self._handle.detach()

    def _changed(self) -> None:
        self._news = True
        if not self._ended and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while True:
            async with self._one:
                if self._offered or not (request := self._due()):
                    return
                self._news = False
                try:
                    await self._ask(request)
                except (JanusError, Unavailable) as error:
                    _log.info("not subscribed", why=str(error))
                    if not self._news:
                        return

    def _due(self) -> Message:
        """What to ask Janus for, or nothing."""
        new, gone = self._wanted.keys() - self._received, self._received - self._wanted.keys()
        if new or (gone and self._handle):
            lists = {"subscribe": _sources(new), "unsubscribe": _sources(gone)}
            return {"request": "update"} | {name: sources for name, sources in lists.items() if sources}
        return {"request": "configure", "restart": True} if self._restart else {}

    async def _ask(self, request: Message) -> None:
        self._restart = self._restart and request["request"] != "configure"
        before, asked = self._received, set(self._wanted)
        self._received = set(asked)
        try:
            self._said(*await (self._handle.ask(request) if self._handle else self._join(request["subscribe"])))
        except (JanusError, Unavailable):
            went = asked - self._received
            self._received = before - went
            raise

    async def _join(self, sources: list[Message]) -> tuple[Message, str]:
        handle = await self._gateway.attach(self._said, self._lost)
        try:
            said = await handle.ask({"request": "join", "ptype": "subscriber", "streams": sources} | self._room)
        except BaseException:
            await handle.detach()
            raise
        self._handle = handle
        return said

    def _said(self, data: Message, sdp: str) -> None:
        if "streams" in data:
            self._streams = [self._stream(one) for one in data["streams"] if one.get("active") and "feed_id" in one]
        if sdp:
            self._offered = True
            self._offer(sdp, self._streams)

    def _stream(self, one: Message) -> Stream:
        return Stream(one["mid"], one["feed_id"], one["type"], self._wanted.get((one["feed_id"], one["feed_mid"]), ""))


def _sources(sources: Iterable[Source]) -> list[Message]:
    return [{"feed": seat, "mid": mid} for seat, mid in sorted(sources)]
