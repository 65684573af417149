"""A call as each of those in its conversation may see it.

VIE-1 Staff see everybody in it and everybody who waits.
VIE-2 A client who is not in it sees the staff who are, and themselves; a client who is in it everybody else who is.
VIE-3 Only who is in it is told by which device others are: with that one signals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import suppress
from uuid import UUID

from msgspec import Struct

from zorgmessenger.access.facts import Role
from zorgmessenger.calls.machine import Call, Place, Seat
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.people import shown
from zorgmessenger.errors import NotFound
from zorgmessenger.realtime import protocol


class Said(Struct, frozen=True):
    """What somebody in a call said of themselves: what others hear and see, and whether they are alone."""

    microphone: bool = False
    camera: bool = False
    screen: bool = False
    alone: bool | None = None


class Telling(Struct, frozen=True):
    """What is told of a call: frames, each with whom to, and who they are together."""

    frames: list[tuple[Collection[UUID], protocol.CallChanged]]
    everybody: frozenset[UUID]


def telling(call: Call, said: Mapping[UUID, Said], *, ring: bool) -> Telling:
    """What everybody who takes part is told now. With `ring` it rings: at the clients of a team, else at all others."""
    known = facts.one(call.conversation)
    rung = (known.clients if known.facts.team else known.facts.participants) - {call.started_by} if ring else ()
    frames: list[tuple[Collection[UUID], protocol.CallChanged]] = []
    for people, seen in by_person(call, known, said):
        frames.append(({*people}.intersection(rung), protocol.CallChanged(call=seen, ring=True)))
        frames.append(({*people}.difference(rung), protocol.CallChanged(call=seen)))
    return Telling(frames, known.facts.participants)


def seen_by(person: UUID, call: Call, said: Mapping[UUID, Said]) -> list[protocol.Call]:
    """A call as somebody sees it; nothing where they do not take part."""
    with suppress(NotFound):
        return [seen for _, seen in by_person(call, facts.one(call.conversation), said, [person])]
    return []


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
