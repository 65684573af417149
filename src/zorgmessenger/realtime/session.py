"""One connection as a pure state machine: what a frame may cause, given what came before. No IO, no clock of its own.

Rules (cited in the tests):
SES-1 The first frame is `hello`, there is one only, and it speaks our version.
SES-2 What is no frame closes the socket; so does more than a person could mean: a bucket of frames, a number in flight.
SES-3 `typing` goes on at most once in two seconds for each conversation; more of it is dropped in silence.
SES-4 After a close nothing has an effect any more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.protocol import Close

TYPING_EVERY = 2.0
MAX_IN_FLIGHT = 256
AWAITED = (
    protocol.Send,
    protocol.Forward,
    protocol.History,
    protocol.Changes,
    protocol.Search,
    protocol.Edit,
    protocol.Withdraw,
    protocol.React,
    protocol.Settle,
    protocol.StartCall,
    protocol.JoinCall,
    protocol.EndCall,
    protocol.AdmitToCall,
)
"""Each of these is answered, and only so many at a time."""


@dataclass(frozen=True, slots=True)
class Shut:
    """Close the socket with this code."""

    code: int


@dataclass(frozen=True, slots=True)
class Perform:
    """Do what this frame asks."""

    frame: protocol.ClientFrame


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer at once."""

    frame: protocol.ServerFrame


Effect = Shut | Perform | Reply


@dataclass(slots=True)
class Session:
    """The state of one connection. `rate` is in frames a second, `burst` in frames."""

    rate: float
    burst: float
    greeted: bool = False
    closed: bool = False
    in_flight: int = 0
    _tokens: float = field(init=False)
    _refilled: float = 0.0
    _typed: dict[UUID, float] | None = None

    def __post_init__(self) -> None:
        self._tokens = self.burst

    def receive(self, data: str, now: float) -> Effect | None:
        """What one text message causes; `now` in seconds of any steady clock."""
        if self.closed:
            return None
        if len(data) > protocol.MAX_FRAME:
            return self._shut(Close.TOO_LARGE)
        if not self._take(now):
            return self._shut(Close.TOO_MANY)
        try:
            frame = protocol.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return self._shut(Close.MALFORMED)
        return self._judge(frame, now)

    def malformed(self) -> Effect | None:
        """What a message that is not text causes."""
        return None if self.closed else self._shut(Close.MALFORMED)

    def answered(self) -> None:
        """One frame that waits for its answer was answered."""
        self.in_flight -= 1

    def _judge(self, frame: protocol.ClientFrame, now: float) -> Effect | None:  # noqa: PLR0911  (a table of cases)
        if isinstance(frame, protocol.Hello):
            if self.greeted:
                return self._shut(Close.OUT_OF_ORDER)
            if frame.protocol != protocol.VERSION:
                return self._shut(Close.UPGRADE)
            self.greeted = True
            return Perform(frame)
        if not self.greeted:
            return self._shut(Close.OUT_OF_ORDER)
        match frame:
            case protocol.Ping():
                return Reply(protocol.Pong())
            case protocol.Typing():
                return Perform(frame) if self._may_type(frame.conversation, now) else None
            case protocol.History() if (frame.before is None) == (frame.after is None):
                return self._shut(Close.MALFORMED)
            case _ if isinstance(frame, AWAITED):
                return self._awaited(frame)
            case _:
                return Perform(frame)

    def _awaited(self, frame: protocol.ClientFrame) -> Effect:
        self.in_flight += 1
        return Perform(frame) if self.in_flight <= MAX_IN_FLIGHT else self._shut(Close.TOO_MANY)

    def _take(self, now: float) -> bool:
        self._tokens = min(self.burst, self._tokens + (now - self._refilled) * self.rate)
        self._refilled = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def _may_type(self, conversation: UUID, now: float) -> bool:
        self._typed = self._typed or {}
        if now - self._typed.get(conversation, -TYPING_EVERY) < TYPING_EVERY:
            return False
        if len(self._typed) >= protocol.MAX_HAVE:
            self._typed.clear()
        self._typed[conversation] = now
        return True

    def _shut(self, code: int) -> Shut:
        self.closed = True
        return Shut(code)
