"""Calls of more than two, over Janus' videoroom plugin (1.1, multistream, `string_ids`): rooms, and seats in them.

SFU-1 Browsers never speak to Janus. What they send is held to a measure (`checks`) and passed on; rooms have a
secret and a PIN of their own besides Janus' `api_secret`, all made from that, so that no list of them is kept.

SFU-2 Janus knows calls and seats by opaque ids, and no person.

SFU-3 A room ends when nobody is in it any more: Janus 1.1 crashes when it tells somebody of it who is being detached.

SFU-4 A seat whose peer connection failed, or whose Janus went away, is lost as a whole: its browser joins anew.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal, Protocol
from uuid import UUID

from zorgmessenger.calls.checks import check_candidate, check_sdp, check_tracks
from zorgmessenger.calls.gateway import Gateway, Handle, JanusError, Message
from zorgmessenger.calls.places import JanusServer
from zorgmessenger.calls.subscription import Stream, Subscription
from zorgmessenger.errors import Conflict, RequestError, Unavailable

MOST_PUBLISHERS = 12
_BITRATE = 1_500_000
_KEY_FRAME_SECONDS = 10
_NO_SUCH_ROOM, _ROOM_EXISTS, _ROOM_FULL, _SEAT_TAKEN = 426, 427, 432, 436
_FREE_AFTER = (0.05, 0.1, 0.2, 0.4)
"""Seconds, one after the other, in which a seat that was given up becomes free, and a room empty."""
_WRONG_REQUEST = {429, 430, 431, 434, 435, 437, 464, 465, 466, 467, 469, 471}
"""What Janus says of descriptions, candidates and their order."""


class Listener(Protocol):
    """Who sits on a seat; called on the loop, never from within a call of theirs."""

    def offer(self, sdp: str, streams: list[Stream]) -> None:
        """Janus offers to send these streams; the answer goes to `Seat.subscribed`."""

    def lost(self) -> None:
        """Janus hung up or went away; the seat is no more."""


class Sfu:
    """The rooms of one Janus; one for each process."""

    def __init__(self, server: JanusServer) -> None:
        self._secret = server.secret.encode()
        self._key = server.secret
        self._gateway = Gateway(server, "janus.plugin.videoroom", self._prepare)
        self._rooms: Handle | None = None
        self._seats: dict[UUID, set[Seat]] = {}
        self._task: asyncio.Task[None] | None = None

    @property
    def available(self) -> bool:
        """Whether Janus answers now."""
        return self._gateway.available

    def start(self) -> None:
        """Connects, and stays connected, on the running loop."""
        self._task = asyncio.create_task(self._gateway.run())

    async def stop(self) -> None:
        """Disconnects; every seat is lost."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def room(self, call: UUID) -> None:
        """Makes the room of a call, if it is not there.

        Raises:
            Unavailable: Janus does not answer, or does not want to.
        """
        request = {
            "request": "create",
            "admin_key": self._key,
            **self._room(call),
            "secret": self._derived("secret", call),
            "is_private": True,
            "permanent": False,
            "require_pvtid": True,
            "publishers": MOST_PUBLISHERS,
            "bitrate": _BITRATE,
            "bitrate_cap": True,
            "fir_freq": _KEY_FRAME_SECONDS,
            "audiocodec": "opus",
            "videocodec": "vp8,h264",
            "audiolevel_ext": False,
            "audiolevel_event": False,
            "notify_joining": False,
            "record": False,
            "lock_record": True,
        }
        with _typed():
            await self._ask(request, _ROOM_EXISTS)

    async def close(self, call: UUID) -> None:
        """Ends the room of a call, if it is there, and every seat in it; nobody is told of being lost.

        While Janus is away there is nothing to end: it keeps no seat of ours, and the empty room goes when it is back.

        Raises:
            Unavailable: Janus does not answer, or does not want to.
        """
        await asyncio.gather(*(seat.leave() for seat in self._seats.get(call, ())))
        with _typed():
            if self.available:
                await self._emptied(str(call))
                await self._destroy(str(call))

    async def join(self, call: UUID, seat: str, listener: Listener) -> Seat:
        """Takes a seat in the room of a call, which is made if it is not there (Janus may have come anew).

        Whoever sits there by this process gives it up, without being told: it is the same browser, come anew.

        Args:
            seat: an opaque id that nobody else in the room has.
            call: whose room.
            listener: is told of offers, from now on.

        Raises:
            Unavailable: Janus does not answer, or does not want to.
            Conflict: the seat is taken by another process.
        """
        for other in list(self._seats.get(call, ())):
            if other.name == seat:
                await other.leave()
        made = Seat(self._gateway, seat, self._room(call), listener, lambda: self._left(call, made))
        self._seats.setdefault(call, set()).add(made)
        try:
            with _typed():
                await self._take(made, call)
        except BaseException:
            await made.leave()
            raise
        return made

    async def _take(self, made: Seat, call: UUID) -> None:
        """Takes the seat; Janus says that one is given up some time before it is free."""
        waits = iter(_FREE_AFTER)
        while True:
            try:
                await made.take()
            except JanusError as error:
                wait = next(waits, None)
                if wait is None or error.code not in {_NO_SUCH_ROOM, _SEAT_TAKEN}:
                    raise
                if error.code == _NO_SUCH_ROOM:
                    await self.room(call)
                else:
                    await asyncio.sleep(wait)
            else:
                return

    def _left(self, call: UUID, seat: Seat) -> None:
        seats = self._seats.get(call, set())
        seats.discard(seat)
        if not seats:
            self._seats.pop(call, None)

    def _room(self, call: UUID) -> Message:
        return {"room": str(call), "pin": self._derived("pin", call)}

    def _derived(self, purpose: str, call: UUID | str) -> str:
        return hmac.digest(self._secret, f"{purpose} {call}".encode(), hashlib.sha256).hex()

    async def _ask(self, request: Message, *fine: int) -> Message:
        if self._rooms is None:
            raise Unavailable("janus is away")
        try:
            return (await self._rooms.ask(request))[0]
        except JanusError as error:
            if error.code in fine:
                return {}
            raise

    async def _emptied(self, room: str) -> None:
        """Waits until nobody is there, but not for who sits there by another process. SFU-3."""
        for wait in _FREE_AFTER:
            said = await self._ask({"request": "listparticipants", "room": room}, _NO_SUCH_ROOM)
            if not said.get("participants"):
                return
            await asyncio.sleep(wait)

    async def _destroy(self, room: str) -> None:
        await self._ask({"request": "destroy", "room": room, "secret": self._derived("secret", room)}, _NO_SUCH_ROOM)

    async def _prepare(self) -> None:
        """In each new session: what speaks of rooms, and away with empty rooms that a process of ours left behind."""
        self._rooms = await self._gateway.attach(lambda _data, _sdp: None, self._away)
        for room in (await self._ask({"request": "list", "admin_key": self._key})).get("list", []):
            if isinstance(room.get("room"), str) and not room.get("num_participants"):
                with suppress(JanusError):
                    await self._destroy(room["room"])

    def _away(self) -> None:
        self._rooms = None


class Seat:
    """One participant: a peer connection to send over, and one to receive all others over."""

    def __init__(
        self, gateway: Gateway, name: str, room: Message, listener: Listener, left: Callable[[], None]
    ) -> None:
        self.name = name
        self._gateway = gateway
        self._room = room
        self._listener = listener
        self._left = left
        self._loop = asyncio.get_running_loop()
        self._handle: Handle | None = None
        self._subscription: Subscription | None = None
        self._early: list[Message] = []
        self._ending: asyncio.Task[None] | None = None
        self._over = False

    async def take(self) -> None:
        """Enters the room.

        Raises:
            JanusError, Unavailable: not now.
        """
        handle = await self._gateway.attach(self._heard, self._hung_up)
        try:
            said, _ = await handle.ask({"request": "join", "ptype": "publisher", "id": self.name} | self._room)
        except BaseException:
            await handle.detach()
            raise
        self._handle = handle
        room = self._room | {"private_id": said["private_id"]}
        self._subscription = Subscription(self._gateway, room, self._offered, self._hung_up)
        for news in (said, *self._early):
            self._heard(news, "")

    async def publish(self, sdp: str, descriptions: dict[str, str]) -> str:
        """Sends what the browser offers; gives Janus' answer.

        Args:
            sdp: the browser's offer.
            descriptions: what each track shows, by its media id: `{"0": "microphone", "1": "camera"}`.

        Raises:
            RequestError: it is no offer that Janus takes.
            Conflict: as many publish as may.
            Unavailable: Janus does not answer, or the seat is lost.
        """
        return await self._negotiate("publish", sdp, descriptions)

    async def republish(self, sdp: str, descriptions: dict[str, str]) -> str:
        """Takes a new offer for what is sent: another track, or an ICE restart; gives Janus' answer.

        Raises:
            RequestError, Conflict, Unavailable: as `publish`.
        """
        return await self._negotiate("configure", sdp, descriptions)

    async def candidate(self, which: Literal["publish", "subscribe"], candidate: dict[str, Any] | None) -> None:
        """Passes on a candidate (`RTCIceCandidateInit`) of the browser's; `None` is their end.

        Raises:
            RequestError: it is none.
            Unavailable: Janus does not answer, or the seat is lost.
        """
        checked = check_candidate(candidate)
        with _typed():
            await (self._publisher if which == "publish" else self._receiver).trickle(checked)

    async def subscribed(self, sdp: str) -> None:
        """The browser's answer to the last offer.

        Raises:
            RequestError: it is none, or there was no offer.
            Unavailable: Janus does not answer, or the seat is lost.
        """
        with _typed():
            await self._receiver.answered(check_sdp(sdp))

    async def restart(self) -> None:
        """Lets an offer with new ICE credentials come for what is received.

        Raises:
            Unavailable: the seat is lost.
        """
        self._receiver.restart()

    async def leave(self) -> None:
        """Gives the seat up, without a word to the listener; when it is done, the room knows."""
        self._over = True
        await asyncio.wait([self._end()])

    @property
    def _publisher(self) -> Handle:
        if self._over or self._handle is None:
            raise Unavailable("the seat is no more")
        return self._handle

    @property
    def _receiver(self) -> Subscription:
        if self._over or self._subscription is None:
            raise Unavailable("the seat is no more")
        return self._subscription

    async def _negotiate(self, request: str, sdp: str, descriptions: dict[str, str]) -> str:
        body = {"request": request, "descriptions": check_tracks(descriptions)}
        jsep = {"type": "offer", "sdp": check_sdp(sdp)}
        with _typed():
            _, answer = await self._publisher.ask(body, jsep)
        if not answer:
            raise RequestError("an offer of nothing", code="bad_request")
        return answer

    def _heard(self, data: Message, _sdp: str) -> None:
        """What the room tells its participants."""
        if self._subscription is None:
            self._early.append(data)
            return
        for publisher in data.get("publishers", ()):
            streams = [one for one in publisher.get("streams", ()) if one["type"] != "data" and not one.get("disabled")]
            self._subscription.publishes(publisher["id"], {one["mid"]: one.get("description", "") for one in streams})
        for news in ("unpublished", "leaving"):
            if data.get(news, "ok") != "ok":
                self._subscription.gone(data[news])
        if data.get("videoroom") == "destroyed":
            self._hung_up()

    def _offered(self, sdp: str, streams: list[Stream]) -> None:
        if not self._over:
            self._loop.call_soon(self._listener.offer, sdp, streams)

    def _hung_up(self) -> None:
        if not self._over and self._subscription:
            self._loop.call_soon(self._listener.lost)
            self._end()
        self._over = True

    def _end(self) -> asyncio.Task[None]:
        self._ending = self._ending or self._loop.create_task(self._detach())
        return self._ending

    async def _detach(self) -> None:
        if self._subscription:
            await self._subscription.end()
        if self._handle:
            await self._handle.detach()
        self._left()


@contextmanager
def _typed() -> Iterator[None]:
    """Makes Janus' refusals ours."""
    try:
        yield
    except JanusError as error:
        if error.code in _WRONG_REQUEST:
            raise RequestError(str(error), code="bad_request") from error
        if error.code in {_ROOM_FULL, _SEAT_TAKEN}:
            raise Conflict(str(error)) from error
        raise Unavailable(str(error)) from error
