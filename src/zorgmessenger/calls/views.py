"""A call as each of those in its conversation may see it.

VIE-1 Staff see everybody in it and everybody who waits.
VIE-2 A client who is not in it sees the staff who are, and themselves; a client who is in it everybody else who is.
VIE-3 Only who is in it is told by which device others are: with that one signals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from msgspec import Struct

from zorgmessenger.access.facts import Role
from zorgmessenger.calls.machine import Call, Place, Seat
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.people import shown
from zorgmessenger.realtime import protocol


class Said(Struct, frozen=True):
    """What somebody in a call said of themselves: what others hear and see, and whether they are alone."""

    microphone: bool = False
    camera: bool = False
    screen: bool = False
    alone: bool | None = None


def by_person(
    call: Call, known: Known, said: Mapping[UUID, Said], people: Collection[UUID] | None = None
) -> list[tuple[list[UUID], protocol.Call]]:
    """What those of `people` who take part see, those together who see the same; on None all who take part."""
    alike: dict[tuple[bool, frozenset[UUID], bool], list[UUID]] = defaultdict(list)
    for person in known.facts.participants if people is None else known.facts.participants & {*people}:
        client, inside = person in known.clients, person in call.inside
        seen = call.seats.keys() if not client else call.inside if inside else _staff(call)
        own = {person} & call.seats.keys()
        alike[client, frozenset(seen | own), inside].append(person)
    return [
        (together, _seen(call, said, seen, together, client=client, inside=inside))
        for (client, seen, inside), together in alike.items()
    ]


def _staff(call: Call) -> frozenset[UUID]:
    return frozenset(person for person in call.inside if call.seats[person].staff)


def _seen(
    call: Call, said: Mapping[UUID, Said], seen: frozenset[UUID], people: list[UUID], *, client: bool, inside: bool
) -> protocol.Call:
    seats = [
        _seat(call.seats[one], said.get(one, Said()), device=inside or people == [one], alone=not client)
        for one in sorted(seen)
    ]
    return protocol.Call(
        id=call.id,
        conversation=call.conversation,
        started_by=call.started_by,
        started_at=call.started_at,
        media=call.media.value,
        seats=seats,
        people=shown(call.organisation, {*seen, call.started_by}, to=Role.CLIENT if client else None),
    )


def _seat(seat: Seat, said: Said, *, device: bool, alone: bool) -> protocol.Seat:
    return protocol.Seat(
        person=seat.person,
        state=seat.place.value,
        device=seat.device if device else None,
        microphone=said.microphone,
        camera=said.camera,
        screen=said.screen,
        alone=said.alone if alone and seat.place is Place.WAITING else None,
    )
