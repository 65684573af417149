"""Between the devices in a call and the SFU: each that publishes has a seat there, and is told what is offered to it.

What one device sends is done in its order. A description of another session (RFC 8866, `o=`) than before is of a page
that was loaded anew: it gets a seat of its own, and the one before is given up.

Where the SFU does not answer, or knows a device no more, that device is told so after a moment and publishes anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, get_args
from uuid import UUID

import msgspec

from zorgmessenger.calls import janus
from zorgmessenger.calls.subscription import Stream
from zorgmessenger.errors import RequestError, Unavailable, ZorgError
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.websocket import Connection

AGAIN_AFTER, AGAIN_AT_MOST = 1.0, 16.0
"""Seconds until a device that was lost publishes anew; each time in a row that it is, twice as many."""
_CANDIDATE = msgspec.json.Decoder(dict[str, Any])
Socket = Callable[[], Connection | None]
"""Gives the socket by which a device is in the call now, if it is."""
Frame = protocol.SfuPublish | protocol.SfuSubscribed | protocol.SfuCandidate | protocol.SfuRestart


class _Place:
    """A device's seat in the SFU, and the one turn at a time that it has."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.seat: janus.Seat | None = None
        self.session = ""
        self.again = AGAIN_AFTER


class ThroughSfu:
    """All devices of this process that send through the SFU, if there is one. On the loop."""

    def __init__(self, sfu: janus.Sfu | None, spawn: Callable[[Coroutine[None, None, None]], None]) -> None:
        self._sfu = sfu
        self._spawn = spawn
        self._places: dict[tuple[UUID, UUID], _Place] = {}

    @property
    def available(self) -> bool:
        """Whether calls can go through an SFU now."""
        return self._sfu is not None and self._sfu.available

    def perform(self, frame: Frame, socket: Socket) -> None:
        """Does what a device asks, that is in a call which goes through the SFU; soon, in order."""
        place = self._places.setdefault((frame.call, frame.device), _Place())
        self._spawn(self._perform(frame, place, socket))

    def forget(self, call: UUID, device: UUID) -> None:
        """A device is in the call no more."""
        if place := self._places.pop((call, device), None):
            self._spawn(self._give_up(place))

    def close(self, call: UUID) -> None:
        """A call is over."""
        mine = [key for key in self._places if key[0] == call]
        for key in mine:
            self.forget(*key)
        if mine and self._sfu is not None:
            self._spawn(self._close(self._sfu, call))

    async def _perform(self, frame: Frame, place: _Place, socket: Socket) -> None:
        async with place.turn:
            try:
                match frame:
                    case protocol.SfuPublish():
                        await self._publish(frame, place, socket)
                    case protocol.SfuSubscribed():
                        await _seat(place).subscribed(frame.sdp)
                    case protocol.SfuCandidate():
                        await _seat(place).candidate(frame.side, _candidate(frame.candidate))
                    case protocol.SfuRestart() if place.seat is None:
                        _say_lost(frame.call, socket)
                    case protocol.SfuRestart():
                        await _seat(place).restart()
            except RequestError:
                return
            except ZorgError:
                self._lost(frame.call, frame.device, place, socket)

    async def _publish(self, frame: protocol.SfuPublish, place: _Place, socket: Socket) -> None:
        if self._sfu is None:
            raise Unavailable("there is no SFU")
        session = _session(frame.sdp)
        if place.seat is not None and place.session == session:
            answer = await place.seat.republish(frame.sdp, {**frame.tracks})
        else:
            if place.seat is not None:
                await place.seat.leave()
            place.session = session
            place.seat = seat = await self._sfu.join(frame.call, str(frame.device), _Heard(self, frame, place, socket))
            answer = await seat.publish(frame.sdp, {**frame.tracks})
        place.again = AGAIN_AFTER
        if connection := socket():
            connection.answer(protocol.SfuPublished(call=frame.call, sdp=answer))

    def lost(self, frame: protocol.SfuPublish, place: _Place, socket: Socket) -> None:
        """The SFU gave a seat up."""
        self._lost(frame.call, frame.device, place, socket)

    def _lost(self, call: UUID, device: UUID, place: _Place, socket: Socket) -> None:
        seat, place.seat, place.session = place.seat, None, ""
        if seat is not None:
            self._spawn(seat.leave())
        if self._places.get((call, device)) is place:
            asyncio.get_running_loop().call_later(place.again, _say_lost, call, socket)
            place.again = min(place.again * 2, AGAIN_AT_MOST)

    async def _give_up(self, place: _Place) -> None:
        async with place.turn:
            if place.seat is not None:
                await place.seat.leave()

    async def _close(self, sfu: janus.Sfu, call: UUID) -> None:
        with suppress(ZorgError):
            await sfu.close(call)


class _Heard:
    """What the SFU says to one device."""

    def __init__(self, through: ThroughSfu, frame: protocol.SfuPublish, place: _Place, socket: Socket) -> None:
        self._through = through
        self._frame = frame
        self._place = place
        self._socket = socket

    def offer(self, sdp: str, streams: list[Stream]) -> None:
        """What others publish, offered."""
        if connection := self._socket():
            told = [protocol.SfuStream(one.mid, UUID(one.seat), _use(one.what)) for one in streams if _known(one.what)]
            connection.answer(protocol.SfuOffer(call=self._frame.call, sdp=sdp, streams=told))

    def lost(self) -> None:
        """The seat is no more."""
        self._through.lost(self._frame, self._place, self._socket)


def _say_lost(call: UUID, socket: Socket) -> None:
    if connection := socket():
        connection.answer(protocol.SfuLost(call=call))


def _seat(place: _Place) -> janus.Seat:
    if place.seat is None:
        raise RequestError("nothing is published yet")
    return place.seat


def _candidate(text: str) -> dict[str, Any] | None:
    try:
        return _CANDIDATE.decode(text) if text else None
    except msgspec.DecodeError as error:
        raise RequestError("no candidate") from error


def _session(sdp: str) -> str:
    """The session that a description is of, and the version left out: `o=- 4611731400430051336 2 IN IP4 127.0.0.1`."""
    origin = next((line for line in sdp.splitlines() if line.startswith("o=")), "")
    return " ".join(origin.split()[:2])


def _known(what: str) -> bool:
    return what in get_args(protocol.TrackUse)


def _use(what: str) -> protocol.TrackUse:
    use: protocol.TrackUse = msgspec.convert(what, protocol.TrackUse)
    return use
