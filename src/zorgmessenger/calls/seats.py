"""A call that goes on, with the sockets of those who have a seat in it, and how they are relayed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from msgspec import Struct

from zorgmessenger import clock
from zorgmessenger.calls import relay
from zorgmessenger.calls.machine import Call
from zorgmessenger.calls.views import Said
from zorgmessenger.ids import NIL
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.websocket import Connection


@dataclass(eq=False)
class Live:
    """A call that goes on. `told` are those who know of it."""

    call: Call
    said: dict[UUID, Said] = field(default_factory=dict)
    sockets: dict[UUID, Connection] = field(default_factory=dict)
    timers: dict[UUID, asyncio.TimerHandle] = field(default_factory=dict)
    told: set[UUID] = field(default_factory=set)
    owners: dict[UUID, UUID] = field(default_factory=dict)
    """By device whose it is, also after they left: nobody comes with one of somebody else."""

    def seated(self, connection: Connection, device: UUID) -> bool:
        """Whether this device has its person's seat, by this socket (LIV-1)."""
        seat = self.call.seats.get(connection.person)
        return self.sockets.get(connection.person) is connection and seat is not None and seat.device == device

    def inside(self, connection: Connection, device: UUID) -> bool:
        """Whether it is in the call with it, and not in the waiting room."""
        return connection.person in self.call.inside and self.seated(connection, device)

    def socket_of(self, device: UUID) -> Connection | None:
        """The socket of a device that is in the call."""
        people = (person for person in self.call.inside if self.call.seats[person].device == device)
        return self.sockets.get(next(people, NIL))


class Relays(Struct, frozen=True):
    """Relays and until when they can be begun with."""

    servers: list[protocol.IceServer] = []
    until: datetime | None = None


def relays(person: UUID, call: UUID) -> Relays:
    """The relays for somebody who is in a call."""
    found = relay.credentials(person, call, clock.now(), settings.ZORG_TURN)
    servers = [protocol.IceServer(one.urls, one.username, one.credential) for one in found]
    return Relays(servers, min((one.until for one in found), default=None))
