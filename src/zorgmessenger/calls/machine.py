"""A call as a pure state machine: what each event makes of it, or why it is not possible.

Events may come twice, late and in any order; what does not fit any more changes nothing.

MAC-1 A client is in a call only after staff let them in, where that is asked; once in, they come back without asking.
MAC-2 A person has one seat. Another device of theirs takes it over, and nothing of the earlier one counts any more. A
      device is one person's.
MAC-3 Who loses their line is away; who stays away is out. In the waiting room nobody is away: they wait, or not.
MAC-4 Without staff who are in it, or away for a moment, a call is over. What is over stays so.
MAC-5 From three on pictures and sound go through the SFU where there is one, and then stay there. A call takes as many
      as its way of going bears.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from zorgmessenger.errors import Conflict

MOST_IN_MESH = 4
MOST_IN_SFU = 12
_THROUGH_SFU = 3


class Place(StrEnum):
    """Where somebody is."""

    WAITING = "waiting"
    IN = "in"
    AWAY = "away"


class Media(StrEnum):
    """How pictures and sound go."""

    MESH = "mesh"
    SFU = "sfu"


class Seat(Struct, frozen=True):
    """Somebody in a call or in its waiting room, with the one device that counts."""

    person: UUID
    device: UUID
    staff: bool
    place: Place


class Call(Struct, frozen=True):
    """A call. `admitted` are the clients who were let in, `sent_away` those who were sent away since."""

    id: UUID
    conversation: UUID
    organisation: UUID
    started_by: UUID
    started_at: datetime
    seats: Mapping[UUID, Seat] = {}
    admitted: frozenset[UUID] = frozenset()
    sent_away: frozenset[UUID] = frozenset()
    media: Media = Media.MESH
    over: bool = False

    @property
    def inside(self) -> frozenset[UUID]:
        """Who is in it, or away for a moment."""
        return frozenset(seat.person for seat in self.seats.values() if seat.place is not Place.WAITING)


def join(call: Call, person: UUID, device: UUID, *, staff: bool, waits: bool, sfu: bool) -> Call:
    """Somebody comes with a device, comes back, or comes with another one. `sfu`: there is an SFU now.

    Raises:
        Conflict: `call_over`, `call_full`, or the device is somebody else's.
    """
    if call.over:
        raise Conflict("the call is over", code="call_over")
    if any(seat.device == device and seat.person != person for seat in call.seats.values()):
        raise Conflict("a device of somebody else")
    if staff or person in call.inside | call.admitted or not (waits or person in call.sent_away):
        return _inside(call, Seat(person, device, staff, Place.IN), sfu=sfu)
    return _with(call, Seat(person, device, staff, Place.WAITING))


def admit(call: Call, person: UUID, *, sfu: bool) -> Call:
    """Staff let somebody in who waits; who waits no more changes nothing.

    Raises:
        Conflict: `call_full`.
    """
    seat = call.seats.get(person)
    if seat is None or seat.place is not Place.WAITING:
        return call
    let_in = _inside(call, replace(seat, place=Place.IN), sfu=sfu)
    return replace(let_in, admitted=call.admitted | {person}, sent_away=call.sent_away - {person})


def send_away(call: Call, person: UUID) -> Call:
    """Staff send a client away, from the waiting room or out of the call: to come back they wait anew."""
    seat = call.seats.get(person)
    if call.over or (seat is not None and seat.staff):
        return call
    return take_out(replace(call, sent_away=call.sent_away | {person}), person)


def leave(call: Call, person: UUID, device: UUID) -> Call:
    """Somebody leaves with the device that counts."""
    return _without(call, person) if _counts(call, person, device) else call


def take_out(call: Call, person: UUID) -> Call:
    """Somebody may not be in it any more, whatever their device."""
    if call.over:
        return call
    return _without(replace(call, admitted=call.admitted - {person}), person)


def drop(call: Call, person: UUID, device: UUID) -> Call:
    """The line of a device is gone."""
    if not _counts(call, person, device):
        return call
    seat = call.seats[person]
    if seat.place is Place.WAITING:
        return _without(call, person)
    return _with(call, replace(seat, place=Place.AWAY))


def give_up(call: Call, person: UUID, device: UUID) -> Call:
    """A device was away for too long."""
    is_away = _counts(call, person, device) and call.seats[person].place is Place.AWAY
    return _without(call, person) if is_away else call


def end(call: Call) -> Call:
    """Staff end it for everybody."""
    return call if call.over else replace(call, seats={}, over=True)


def _counts(call: Call, person: UUID, device: UUID) -> bool:
    seat = call.seats.get(person)
    return seat is not None and seat.device == device


def _inside(call: Call, seat: Seat, *, sfu: bool) -> Call:
    through_sfu = call.media is Media.SFU
    among = len(call.inside | {seat.person})
    if among > (MOST_IN_SFU if sfu or through_sfu else MOST_IN_MESH) and seat.person not in call.inside:
        raise Conflict("no room for one more", code="call_full")
    joined = _with(call, seat)
    return replace(joined, media=Media.SFU) if sfu and among >= _THROUGH_SFU else joined


def _with(call: Call, seat: Seat) -> Call:
    return call if call.seats.get(seat.person) == seat else replace(call, seats={**call.seats, seat.person: seat})


def _without(call: Call, person: UUID) -> Call:
    if person not in call.seats:
        return call
    left = replace(call, seats={who: seat for who, seat in call.seats.items() if who != person})
    has_staff = any(left.seats[who].staff for who in left.inside)
    return left if has_staff else end(left)
