"""A browser's half of a call through Janus, without a browser: real WebRTC (aiortc) on a seat.

It sends a small picture and a tone, answers what it is offered, and tells what arrives. aiortc takes two pictures for
one if both come while it still connects, so who is to see several sees the first before the second begins (`gets`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from fractions import Fraction

from aiortc import AudioStreamTrack, MediaStreamTrack, RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import VideoFrame

from zorgmessenger.calls.janus import Seat
from zorgmessenger.calls.subscription import Stream
from zorgmessenger.errors import Unavailable

WITHIN = 30.0
"""Seconds; aiortc asks for no whole picture when it missed the first, Janus does so every ten."""


async def until(condition: Callable[[], object]) -> None:
    """Waits until that is so.

    Raises:
        TimeoutError: it is not so in time.
    """
    async with asyncio.timeout(WITHIN):
        while not condition():  # noqa: ASYNC110  (what another process does is no event here)
            await asyncio.sleep(0.01)


class Picture(VideoStreamTrack):
    """A small grey picture, thirty times a second."""

    async def recv(self) -> VideoFrame:
        """The next picture."""
        at, base = await self.next_timestamp()
        frame = VideoFrame(160, 120, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([128]) * plane.buffer_size)
        frame.pts, frame.time_base = at, Fraction(base)
        return frame


class Peer:
    """A listener on a seat, with its two peer connections.

    Args:
        answers: whether it answers each offer at once; else `answer` does when called.
    """

    def __init__(self, *, answers: bool = True) -> None:
        self.offers: list[tuple[str, list[Stream]]] = []
        self.is_lost = False
        self.arrived: dict[str, int] = {}
        """How many frames came, by media id."""
        self.answers = answers
        self._sending = RTCPeerConnection()
        self._receiving = RTCPeerConnection()
        self._receiving.on("track", self._receive)
        self._tasks: set[asyncio.Task[None]] = set()
        self._seat: Seat | None = None

    @property
    def streams(self) -> set[tuple[str, str, str]]:
        """What was offered last: seat, kind and what it shows."""
        return {(stream.seat, stream.kind, stream.what) for stream in self.offers[-1][1]} if self.offers else set()

    def sit(self, seat: Seat) -> None:
        """Takes the seat that it listens to."""
        self._seat = seat

    def offer(self, sdp: str, streams: list[Stream]) -> None:
        """What a `Listener` is told."""
        self.offers.append((sdp, streams))
        if self.answers:
            self._do(self._answer_if_there())

    def lost(self) -> None:
        """What a `Listener` is told."""
        self.is_lost = True

    async def sdp(self, *more: str) -> tuple[str, dict[str, str]]:
        """An offer to send sound and picture, and a screen when asked to, with what each is."""
        if not self._sending.getTransceivers():
            self._sending.addTrack(AudioStreamTrack())
            self._sending.addTrack(Picture())
        for _ in more:
            self._sending.addTrack(Picture())
        await self._sending.setLocalDescription(await self._sending.createOffer())
        words = ("microphone", "camera", *more)
        mids = [transceiver.mid or "" for transceiver in self._sending.getTransceivers()]
        return self._sending.localDescription.sdp, dict(zip(mids, words, strict=True))

    async def publish(self) -> None:
        """Sends sound and picture."""
        await self._sent(await self.seat.publish(*await self.sdp()))

    async def share(self) -> None:
        """Sends a screen as well."""
        await self._sent(await self.seat.republish(*await self.sdp("screen")))

    async def answer(self) -> None:
        """Answers the last offer."""
        await self._receiving.setRemoteDescription(RTCSessionDescription(self.offers[-1][0], "offer"))
        await self._receiving.setLocalDescription(await self._receiving.createAnswer())
        await self.seat.subscribed(self._receiving.localDescription.sdp)

    async def _answer_if_there(self) -> None:
        with suppress(Unavailable):
            await self.answer()

    async def sees(self, *streams: tuple[str, str, str]) -> None:
        """Waits until these streams are offered, no others, and frames of each come."""
        await until(lambda: self.streams == set(streams))
        await self._flow([stream.mid for stream in self.offers[-1][1]])

    async def gets(self, seat: str) -> None:
        """Waits until frames of that seat's come."""
        await until(lambda: seat in {stream.seat for stream in (self.offers[-1][1] if self.offers else ())})
        await self._flow([stream.mid for stream in self.offers[-1][1] if stream.seat == seat])

    async def _flow(self, mids: list[str]) -> None:
        before = dict(self.arrived)
        await until(lambda: all(self.arrived.get(mid, 0) > before.get(mid, 0) + 3 for mid in mids))

    async def leave(self) -> None:
        """Gives the seat up."""
        await self.seat.leave()

    async def hang_up(self) -> None:
        """Ends both connections, without a word to the server."""
        await self._sending.close()
        await self._receiving.close()
        for task in self._tasks:
            task.cancel()

    @property
    def seat(self) -> Seat:
        """Where it sits."""
        assert self._seat is not None
        return self._seat

    async def _sent(self, answer: str) -> None:
        await self._sending.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    def _receive(self, track: MediaStreamTrack) -> None:
        mid = next(one.mid or "" for one in self._receiving.getTransceivers() if one.receiver.track is track)

        async def count() -> None:
            while True:
                try:
                    await track.recv()
                except MediaStreamError:
                    return
                self.arrived[mid] = self.arrived.get(mid, 0) + 1

        self._do(count())

    def _do(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
