"""The calls that go on, on the loop: which socket each seat has, what was said, who is told.

What changes a call runs one at a time for each conversation: `actions` on a thread, then its effects here, then the
telling. So everybody hears of states in their order.

LIV-1 A seat is signalled to by the socket that joined with its device, and by no other.
LIV-2 A socket that closed leaves its seat away; where its person may not be connected any more they are out at once.
LIV-3 Whoever may not take part any more is out, as soon as that is told to anybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Literal, TypeVar
from uuid import UUID
from weakref import WeakValueDictionary

import structlog
from msgspec.structs import replace

from zorgmessenger.calls import actions, machine, views
from zorgmessenger.calls.actions import Actor
from zorgmessenger.calls.janus import Sfu
from zorgmessenger.calls.machine import Call, Place
from zorgmessenger.calls.seats import Live, Relays, relays
from zorgmessenger.calls.through_sfu import ThroughSfu
from zorgmessenger.calls.views import Said
from zorgmessenger.errors import Conflict, Unavailable
from zorgmessenger.ids import NIL
from zorgmessenger.messages.engine import Engine
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import Hub
from zorgmessenger.realtime.websocket import Connection

_log = structlog.get_logger()
AWAY_FOR = 30.0
"""Seconds that somebody may be without a line before they are out."""
BEAT, AGAIN_AFTER = 30.0, 1.0
T = TypeVar("T")
Reason = Literal["elsewhere", "sent_away", "gone"]


class Calls:
    """All calls of this process. Made, and stopped, on the loop it serves."""

    def __init__(self, engine: Engine, hub: Hub, sfu: Sfu | None) -> None:
        self._engine = engine
        self._hub = hub
        self._loop = asyncio.get_running_loop()
        self._live: dict[UUID, Live] = {}
        self._turns: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False
        self._beating: asyncio.TimerHandle | None = None
        self.sfu = ThroughSfu(sfu, self.spawn)

    async def restore(self) -> None:
        """Takes up the calls that went on when the server stopped."""
        for call in await self._engine.read(actions.going_on):
            live = self._live[call.id] = Live(call)
            live.told = set(await self._engine.read(partial(actions.participants, call)))
            live.owners = {seat.device: seat.person for seat in call.seats.values()}
            self._set_timers(live)
        self._beating = self._loop.call_later(BEAT, self._beat)

    async def stop(self) -> None:
        """Lets go of all calls; they go on when the server runs again."""
        self._stopped = True
        if self._beating:
            self._beating.cancel()
        for live in self._live.values():
            for timer in live.timers.values():
                timer.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def get(self, call: UUID) -> Live | None:
        """A call that goes on."""
        return self._live.get(call)

    async def shown_to(self, person: UUID) -> list[protocol.Call]:
        """The calls that go on where a person takes part, as they may see them."""
        going_on = [(live.call, dict(live.said)) for live in self._live.values()]
        return await self._engine.read(lambda: [seen for one in going_on for seen in views.seen_by(person, *one)])

    async def start(self, connection: Connection, frame: protocol.StartCall) -> None:
        """Starts a call, or joins the one that goes on there."""
        actor, conversation = _actor(connection), frame.conversation
        async with self._turn(conversation):
            running = self._running(conversation)
            if running is None:
                call = await self._begun(actor, conversation, frame.device)
                live = self._live[call.id] = Live(replace(call, seats={}))
                await self._seat(connection, frame, live, call, ring=True)
                return
        await self._engine.read(partial(actions.may_start, actor, conversation))
        await self.join(connection, frame, running)

    async def join(self, connection: Connection, frame: protocol.StartCall | protocol.JoinCall, live: Live) -> None:
        """Joins a call, or comes back to it."""
        actor = _actor(connection)
        async with self._turn(live.call.conversation):
            if live.owners.get(frame.device, actor.person) != actor.person:
                raise Conflict("a device of somebody else")
            joined = partial(actions.join, live.call, actor, frame.device, sfu=self.sfu.available)
            after = await self._engine.read(joined)
            await self._seat(connection, frame, live, after)

    async def admit(self, connection: Connection, frame: protocol.AdmitToCall, live: Live) -> None:
        """Staff let somebody in, or send them away."""
        actor = _actor(connection)
        async with self._turn(live.call.conversation):
            done = partial(actions.send_away, live.call, actor, frame.person)
            if frame.admitted:
                done = partial(actions.admit, live.call, actor, frame.person, sfu=self.sfu.available)
            await self._become(live, await self._engine.read(done), reason="sent_away")
        connection.answer(protocol.Done(request=frame.request))

    async def end(self, connection: Connection, frame: protocol.EndCall) -> None:
        """Staff end a call for everybody."""
        await self.end_by(_actor(connection), frame.call)
        connection.answer(protocol.Done(request=frame.request))

    async def start_without_device(self, actor: Actor, conversation: UUID) -> UUID:
        """Starts a call for somebody who comes in a moment; gives the one that goes on there, if one does.

        Raises:
            NotFound, Refused: they may not.
        """
        async with self._turn(conversation):
            running = self._running(conversation)
            if running is not None:
                await self._engine.read(partial(actions.may_start, actor, conversation))
                return running.call.id
            call = await self._begun(actor, conversation, NIL)
            live = self._live[call.id] = Live(replace(call, seats={}))
            await self._become(live, machine.drop(call, actor.person, NIL), ring=True)
            return call.id

    async def end_by(self, actor: Actor, call: UUID) -> None:
        """Staff end a call for everybody; one that is over stays so.

        Raises:
            NotFound, Refused: they may not, or there is no such call.
        """
        live = self._live.get(call)
        if live is None:
            await self._engine.read(partial(actions.over, call, actor, runs=True))
            return
        async with self._turn(live.call.conversation):
            await self._become(live, await self._engine.read(partial(actions.end, live.call, actor)))

    async def too_late(self, connection: Connection, call: UUID) -> None:
        """Something is asked about a call that does not go on.

        Raises:
            NotFound: there was none of theirs.
            Conflict: `call_over`.
        """
        await self._engine.read(partial(actions.over, call, _actor(connection), runs=False))

    def wait_for(self, work: Coroutine[None, None, T]) -> T:
        """Has it done on the loop, and waits for it on another thread.

        Raises:
            ZorgError: as `work` does.
        """
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    def leave(self, actor: Actor, device: UUID, live: Live) -> None:
        """Somebody leaves with a device; soon."""
        self.spawn(self._insist(partial(self._leave, actor, device, live)))

    def say(self, connection: Connection, device: UUID, live: Live, what: Callable[[Said], Said]) -> None:
        """Somebody says something of themselves; soon, to all who may know it."""
        self.spawn(self._say(connection, device, live, what))

    def tell_inside(self, live: Live, frame: protocol.ServerFrame, but: UUID) -> None:
        """Tells the devices in a call something at once."""
        for person in live.call.inside - {but}:
            if socket := live.sockets.get(person):
                socket.answer(frame)

    def left(self, connection: Connection) -> None:
        """A socket is closed (LIV-2)."""
        for live in list(self._live.values()):
            if live.sockets.get(connection.person) is connection and not self._stopped:
                del live.sockets[connection.person]
                device = live.call.seats[connection.person].device
                if connection.signed_out:
                    self.leave(_actor(connection), device, live)
                else:
                    self.spawn(self._insist(partial(self._drop, connection.person, device, live)))

    def look_again(self, conversation: UUID) -> None:
        """From any thread: who takes part in a conversation may have changed (LIV-3)."""
        if not self._stopped and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._look_again, conversation)

    def spawn(self, work: Coroutine[None, None, None]) -> None:
        """Has it done soon; what is begun is done before `stop` has."""
        task = self._loop.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _begun(self, actor: Actor, conversation: UUID, device: UUID) -> Call:
        return await self._engine.read(partial(actions.start, actor, conversation, device, sfu=self.sfu.available))

    async def _seat(
        self,
        connection: Connection,
        frame: protocol.StartCall | protocol.JoinCall,
        live: Live,
        after: Call,
        *,
        ring: bool = False,
    ) -> None:
        """The socket that joined has the seat now; an earlier device of the same person is told that it has not."""
        person = connection.person
        before, earlier = live.call.seats.get(person), live.sockets.get(person)
        if before and before.device != frame.device:
            live.said.pop(person, None)
            self.sfu.forget(live.call.id, before.device)
            if earlier:
                earlier.answer(protocol.CallLeft(call=live.call.id, device=before.device, reason="elsewhere"))
        live.sockets[person] = connection
        live.owners[frame.device] = person
        if not await self._become(live, after, ring=ring):
            await self._tell(live)
        place, found = after.seats[person].place, Relays()
        if person in after.inside:
            found = relays(person, after.id)
        connection.answer(protocol.CallJoined(frame.request, after.id, place.value, found.servers, found.until))
        if connection.state.closed:
            self.left(connection)

    async def _leave(self, actor: Actor, device: UUID, live: Live) -> None:
        async with self._turn(live.call.conversation):
            if machine.leave(live.call, actor.person, device) is not live.call:
                after = await self._engine.read(partial(actions.leave, live.call, actor, device))
                live.sockets.pop(actor.person, None)
                await self._become(live, after)

    async def _drop(self, person: UUID, device: UUID, live: Live) -> None:
        async with self._turn(live.call.conversation):
            if person not in live.sockets:
                await self._become(live, await self._engine.read(partial(actions.drop, live.call, person, device)))

    async def _give_up(self, person: UUID, device: UUID, live: Live) -> None:
        async with self._turn(live.call.conversation):
            await self._become(live, await self._engine.read(partial(actions.give_up, live.call, person, device)))

    async def _keep_to_rights(self, live: Live) -> None:
        async with self._turn(live.call.conversation):
            after = await self._engine.read(partial(actions.keep_to_rights, live.call))
            if not await self._become(live, after) and not after.over:
                await self._tell(live)

    async def _insist(self, what: Callable[[], Coroutine[None, None, None]]) -> None:
        """Does what must be done, again until the database is there."""
        while not self._stopped:
            with suppress(Unavailable):
                await what()
                return
            await asyncio.sleep(AGAIN_AFTER)

    def _beat(self) -> None:
        """Notes now and then which calls go on, so that after a fall it is known until when they did."""
        self._beating = self._loop.call_later(BEAT, self._beat)
        if self._live:
            self.spawn(self._engine.read(partial(actions.alive, list(self._live))))

    async def _say(self, connection: Connection, device: UUID, live: Live, what: Callable[[Said], Said]) -> None:
        async with self._turn(live.call.conversation):
            before = live.said.get(connection.person, Said())
            after = what(before)
            if live.seated(connection, device) and after != before:
                live.said[connection.person] = after
                await self._tell(live)

    async def _become(self, live: Live, after: Call, *, ring: bool = False, reason: Reason = "gone") -> bool:
        """The effects of a change: sockets, timers, telling. Gives whether there was one."""
        before, live.call = live.call, after
        self._free(live, before, reason)
        self._set_timers(live)
        if after.over:
            self.sfu.close(after.id)
            if self._live.pop(after.id, None):
                self._hub.tell(live.told, protocol.CallEnded(call=after.id, conversation=after.conversation))
        elif after != before:
            await self._tell(live, ring=ring)
            for person in after.inside & before.seats.keys() - before.inside:
                if socket := live.sockets.get(person):
                    found = relays(person, after.id)
                    socket.answer(protocol.CallAdmitted(after.id, found.servers, found.until))
        return after != before

    def _free(self, live: Live, before: Call, reason: Reason) -> None:
        for person in before.seats.keys() - live.call.seats.keys():
            self.sfu.forget(before.id, before.seats[person].device)
            live.said.pop(person, None)
            socket = live.sockets.pop(person, None)
            if socket and not live.call.over:
                device = before.seats[person].device
                socket.answer(protocol.CallLeft(call=before.id, device=device, reason=reason))

    def _set_timers(self, live: Live) -> None:
        away = {seat.person for seat in live.call.seats.values() if seat.place is Place.AWAY}
        for person in live.timers.keys() - away:
            live.timers.pop(person).cancel()
        for person in away - live.timers.keys():
            give_up = self._giving_up(person, live.call.seats[person].device, live)
            live.timers[person] = self._loop.call_later(AWAY_FOR, give_up)

    def _giving_up(self, person: UUID, device: UUID, live: Live) -> Callable[[], None]:
        return lambda: self.spawn(self._insist(partial(self._give_up, person, device, live)))

    async def _tell(self, live: Live, *, ring: bool = False) -> None:
        try:
            telling = await self._engine.read(partial(views.telling, live.call, dict(live.said), ring=ring))
        except Unavailable:
            self.spawn(self._insist(partial(self._keep_to_rights, live)))
            return
        for people, frame in telling.frames:
            self._hub.tell(people, frame)
        over = protocol.CallEnded(call=live.call.id, conversation=live.call.conversation)
        self._hub.tell(live.told - telling.everybody, over)
        live.told = set(telling.everybody)

    def _running(self, conversation: UUID) -> Live | None:
        return next((live for live in self._live.values() if live.call.conversation == conversation), None)

    def _look_again(self, conversation: UUID) -> None:
        for live in list(self._live.values()):
            if live.call.conversation == conversation:
                self.spawn(self._insist(partial(self._keep_to_rights, live)))

    def _turn(self, conversation: UUID) -> asyncio.Lock:
        return self._turns.setdefault(conversation, asyncio.Lock())


_calls: list[Calls] = []


def current() -> Calls:
    """The calls of this process.

    Raises:
        Unavailable: the server is starting or stopping.
    """
    if not _calls:
        raise Unavailable("no calls yet")
    return _calls[0]


def set_current(calls: Calls | None) -> None:
    """Says which calls `current` gives."""
    _calls[:] = [calls] if calls else []


def _actor(connection: Connection) -> Actor:
    return Actor(connection.person, connection.origin)


async def _logged(work: Coroutine[None, None, None]) -> None:
    try:
        await work
    except Exception:  # noqa: BLE001  (one call's trouble is not the others')
        _log.exception("call")
