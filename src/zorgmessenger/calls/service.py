"""What stands behind every socket: calls here, everything else in the engine.

What goes from device to device in a call is passed on at once; what changes a call is done in its turn, and answered.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from uuid import UUID

from msgspec.structs import replace

from zorgmessenger.calls import through_sfu
from zorgmessenger.calls.actions import Actor
from zorgmessenger.calls.live import Calls
from zorgmessenger.calls.machine import Media
from zorgmessenger.calls.seats import Live, relays
from zorgmessenger.calls.views import Said
from zorgmessenger.errors import ZorgError
from zorgmessenger.messages.engine import Engine
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.websocket import Connection

Asked = protocol.StartCall | protocol.JoinCall | protocol.EndCall | protocol.AdmitToCall
InCall = (
    protocol.LeaveCall
    | protocol.CallReady
    | protocol.CallTracks
    | protocol.CallType
    | protocol.Signal
    | protocol.AskRelay
    | through_sfu.Frame
)
Work = Coroutine[None, None, None]


class Service:
    """The engine with calls."""

    def __init__(self, engine: Engine, calls: Calls) -> None:
        self._engine = engine
        self._calls = calls

    async def identify(self, cookie: str) -> tuple[UUID, str] | None:
        """The person signed in by this session cookie, and the digest of the session."""
        return await self._engine.identify(cookie)

    async def welcome(self, connection: Connection, hello: protocol.Hello) -> tuple[str, timedelta] | int:
        """The prepared answer to `hello`, and how long the person may listen; or the code to close with."""
        return await self._engine.welcome(connection, hello, await self._calls.shown_to(connection.person))

    async def remaining(self, connection: Connection) -> timedelta | int:
        """How long somebody who is connected may listen still, or the code to close with."""
        return await self._engine.remaining(connection)

    def left(self, connection: Connection) -> None:
        """The device of this connection listens no longer."""
        self._calls.left(connection)
        self._engine.left(connection)

    def perform(self, connection: Connection, frame: protocol.ClientFrame) -> None:
        """Does what a frame asks; answers go to `connection`."""
        match frame:
            case protocol.StartCall():
                work = self._calls.start(connection, frame)
                self._calls.spawn(self._answering(connection, frame, frame.conversation, work))
            case protocol.JoinCall():
                self._about(connection, frame, partial(self._calls.join, connection, frame))
            case protocol.EndCall():
                work = self._calls.end(connection, frame)
                self._calls.spawn(self._answering(connection, frame, self._conversation_of(frame.call), work))
            case protocol.AdmitToCall():
                self._about(connection, frame, partial(self._calls.admit, connection, frame))
            case _ if isinstance(frame, InCall):
                live = self._calls.get(frame.call)
                if live is not None:
                    self._in_call(connection, frame, live)
            case _:
                self._engine.perform(connection, frame)

    def _in_call(self, connection: Connection, frame: InCall, live: Live) -> None:
        """From a device that has no seat (any more) nothing is heard, as if it came too late."""
        person, device = connection.person, frame.device
        match frame:
            case protocol.LeaveCall():
                self._calls.leave(Actor(person, connection.origin), device, live)
            case protocol.CallReady():
                self._calls.say(connection, device, live, lambda said: replace(said, alone=frame.alone))
            case protocol.CallTracks():
                self._calls.say(connection, device, live, partial(_with_tracks, frame))
            case protocol.CallType() if live.inside(connection, device):
                told = protocol.CallTyped(call=frame.call, person=person, line=frame.line, text=frame.text)
                self._calls.tell_inside(live, told, but=person)
            case protocol.Signal() if live.inside(connection, device):
                if socket := live.socket_of(frame.to):
                    socket.answer(protocol.Signalled(call=frame.call, device=device, data=frame.data))
            case _ if isinstance(frame, through_sfu.Frame):
                if live.inside(connection, device) and live.call.media is Media.SFU:
                    self._calls.sfu.perform(frame, partial(live.socket_of, device))
            case protocol.AskRelay() if live.inside(connection, device):
                found = relays(person, live.call.id)
                connection.answer(protocol.Relay(frame.request, found.servers, found.until))

    def _about(
        self, connection: Connection, frame: protocol.JoinCall | protocol.AdmitToCall, work: Callable[[Live], Work]
    ) -> None:
        live = self._calls.get(frame.call)
        done = work(live) if live else self._calls.too_late(connection, frame.call)
        self._calls.spawn(self._answering(connection, frame, self._conversation_of(frame.call), done))

    def _conversation_of(self, call: UUID) -> UUID | None:
        live = self._calls.get(call)
        return live.call.conversation if live else None

    async def _answering(self, connection: Connection, frame: Asked, conversation: UUID | None, work: Work) -> None:
        try:
            await work
        except ZorgError as error:
            await self._engine.log_refusal(connection, error, conversation, str(frame.__struct_config__.tag))
            self._engine.refuse(connection, error, request=frame.request)
        finally:
            connection.state.answered()


def _with_tracks(frame: protocol.CallTracks, said: Said) -> Said:
    return replace(said, microphone=frame.microphone, camera=frame.camera, screen=frame.screen)
