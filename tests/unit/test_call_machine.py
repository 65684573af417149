"""Every state of a call that any order of events leads to, and what holds in each of them: MAC-1 … MAC-5.

Two members of staff and two clients, one of them with two devices, do everything that the machine knows, in every
order, early, late and twice. The states are finite, so they are all visited.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, partial
from uuid import UUID

import pytest
from msgspec import Struct

from zorgmessenger.calls import machine
from zorgmessenger.calls.machine import Call, Media, Place
from zorgmessenger.errors import Conflict

BRAM, FATIMA, ANNA, JORIS = (UUID(int=number) for number in range(1, 5))
STAFF = {BRAM, FATIMA}
Event = Callable[[Call], Call]
EMPTY = Call(UUID(int=9), UUID(int=8), UUID(int=7), BRAM, datetime(2026, 1, 1, tzinfo=UTC))


class House(Struct, frozen=True):
    """Whether there is an SFU, and a waiting room."""

    sfu: bool
    waits: bool


def devices(person: UUID) -> list[UUID]:
    return [UUID(int=person.int * 100 + number) for number in ((1, 2) if person == ANNA else (1,))]


def events(house: House) -> dict[str, Event]:
    found: dict[str, Event] = {"end": machine.end}
    for person in (BRAM, FATIMA, ANNA, JORIS):
        name, staff = str(person.int), person in STAFF
        found[f"admit {name}"] = partial(_late(machine.admit), person, sfu=house.sfu)
        found[f"send away {name}"] = partial(_late(machine.send_away), person)
        found[f"take out {name}"] = partial(_late(machine.take_out), person)
        for device in devices(person):
            which = f"{name} {device.int}"
            waits = house.waits and not staff
            found[f"join {which}"] = partial(
                _late(machine.join), person, device, staff=staff, waits=waits, sfu=house.sfu
            )
            found[f"leave {which}"] = partial(_late(machine.leave), person, device)
            found[f"drop {which}"] = partial(_late(machine.drop), person, device)
            found[f"give up {which}"] = partial(_late(machine.give_up), person, device)
    return found


def _late(event: Callable[..., Call]) -> Callable[..., Call]:
    """The same with the call last."""
    return lambda *about, **more: event(about[-1], *about[:-1], **more)


def key(call: Call) -> object:
    seats = frozenset((seat.person, seat.device, seat.place) for seat in call.seats.values())
    return (seats, call.admitted, call.sent_away, call.media, call.over)


@cache
def explored(house: House) -> list[tuple[Call, str, Call]]:
    """All steps between all states that can be reached: before, event, after."""
    first = machine.join(EMPTY, BRAM, devices(BRAM)[0], staff=True, waits=False, sfu=house.sfu)
    seen, new, steps = {key(first)}, [first], []
    known = events(house)
    while new:
        before = new.pop()
        for name, event in known.items():
            after = before
            with suppress(Conflict):
                after = event(before)
            steps.append((before, name, after))
            if after is not before and key(after) not in seen:
                seen.add(key(after))
                new.append(after)
    return steps


HOUSES = [House(sfu=sfu, waits=waits) for sfu in (False, True) for waits in (False, True)]
every_house = pytest.mark.parametrize("house", HOUSES, ids=str)


@every_house
def test_all_states_are_reached_and_they_are_many(house: House) -> None:
    assert len({key(after) for _, _, after in explored(house)}) > 500


@every_house
def test_mac_1_a_client_is_in_it_only_after_staff_let_them_in(house: House) -> None:
    for before, name, after in explored(house):
        for person in (after.inside - before.inside) - STAFF:
            assert name == f"admit {person.int}" or person in before.admitted or not house.waits, (before, name)
            assert name == f"admit {person.int}" or person not in before.sent_away, (before, name)


@every_house
def test_mac_2_another_device_takes_the_seat_and_the_earlier_one_counts_no_more(house: House) -> None:
    for before, name, after in explored(house):
        what, *about = name.split()
        if what in {"leave", "drop", "give"} and about:
            person, device = UUID(int=int(about[-2])), UUID(int=int(about[-1]))
            seat = before.seats.get(person)
            if seat is None or seat.device != device:
                assert after == before, (before, name)
        if what == "join" and not before.over and after != before:
            assert after.seats[UUID(int=int(about[0]))].device == UUID(int=int(about[1]))


@every_house
def test_mac_3_who_loses_their_line_is_away_and_only_who_is_away_is_given_up(house: House) -> None:
    for before, name, after in explored(house):
        away = {seat.person for seat in after.seats.values() if seat.place is Place.AWAY}
        was = {seat.person for seat in before.seats.values() if seat.place is Place.AWAY}
        for person in away - was:
            assert name.startswith(f"drop {person.int} ")
            assert before.seats[person].place is Place.IN
        if name.startswith("give up"):
            gone = before.seats.keys() - after.seats.keys()
            assert after.over or gone <= was, (before, name)


@every_house
def test_mac_4_without_staff_it_is_over_and_what_is_over_stays_so(house: House) -> None:
    for before, name, after in explored(house):
        assert after.over == (not after.inside & STAFF), (before, name)
        assert not (after.over and after.seats)
        if before.over:
            assert after == before, name


@every_house
def test_mac_5_from_three_on_it_goes_through_the_sfu_where_there_is_one(house: House) -> None:
    for before, name, after in explored(house):
        if not house.sfu:
            assert after.media is Media.MESH
        elif len(after.inside) >= 3 or before.media is Media.SFU:
            assert after.media is Media.SFU, (before, name)
        else:
            assert after.media is Media.MESH


@every_house
def test_what_comes_twice_changes_nothing_the_second_time(house: House) -> None:
    known = events(house)
    for _, name, after in explored(house):
        with suppress(Conflict):
            twice = known[name](after)
            assert twice == after, (name, after)


def people(number: int) -> list[UUID]:
    return [UUID(int=1_000 + one) for one in range(number)]


@pytest.mark.parametrize(("sfu", "most"), [(False, machine.MOST_IN_MESH), (True, machine.MOST_IN_SFU)])
def test_a_call_takes_as_many_as_its_way_of_going_bears(sfu: bool, most: int) -> None:  # noqa: FBT001  (a parameter of the test)
    call = EMPTY
    for person in people(most):
        call = machine.join(call, person, person, staff=True, waits=False, sfu=sfu)
    late = people(most + 1)[-1]
    with pytest.raises(Conflict, match="room"):
        machine.join(call, late, late, staff=True, waits=False, sfu=sfu)
    waiting = machine.join(call, ANNA, ANNA, staff=False, waits=True, sfu=sfu)
    assert waiting.seats[ANNA].place is Place.WAITING
    with pytest.raises(Conflict, match="room"):
        machine.admit(waiting, ANNA, sfu=sfu)
    back = machine.drop(call, people(most)[0], people(most)[0])
    assert machine.join(back, people(most)[0], people(most)[0], staff=True, waits=False, sfu=sfu) == call


def test_a_call_that_went_through_an_sfu_that_is_gone_takes_who_was_in_it_back() -> None:
    call = EMPTY
    for person in people(5):
        call = machine.join(call, person, person, staff=True, waits=False, sfu=True)
    away = machine.drop(call, people(5)[4], people(5)[4])
    assert machine.join(away, people(5)[4], people(5)[4], staff=True, waits=False, sfu=False) == call


def test_to_a_call_that_is_over_nobody_comes() -> None:
    with pytest.raises(Conflict, match="over"):
        machine.join(machine.end(EMPTY), BRAM, BRAM, staff=True, waits=False, sfu=False)


def test_nobody_comes_with_the_device_of_somebody_else() -> None:
    call = machine.join(EMPTY, BRAM, BRAM, staff=True, waits=False, sfu=False)
    with pytest.raises(Conflict, match="somebody else"):
        machine.join(call, ANNA, BRAM, staff=False, waits=True, sfu=False)
