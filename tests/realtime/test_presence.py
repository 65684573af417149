"""Whether staff are at work: colleagues and one's own clients know it, of a client nobody does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.live import Browser, Socket
from tests.world import World
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Role
from zorgmessenger.audit.writer import audited
from zorgmessenger.conversations import actions
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations import teams
from zorgmessenger.origin import NOWHERE
from zorgmessenger.realtime import presence
from zorgmessenger.realtime.presence import Presence

Browse = Callable[..., Browser]
BRAM = uuid4()


class _Clock:
    """Timers that go when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[_Timer] = []

    def later(self, seconds: float, what: Callable[[], None]) -> _Timer:
        assert seconds == presence.GRACE
        self.waiting.append(_Timer(what))
        return self.waiting[-1]

    def pass_by(self) -> None:
        waiting, self.waiting = self.waiting, []
        for timer in waiting:
            timer.go()


class _Timer:
    def __init__(self, what: Callable[[], None]) -> None:
        self.what: Callable[[], None] | None = what

    def cancel(self) -> None:
        self.what = None

    def go(self) -> None:
        if self.what is not None:
            self.what()


def _watched() -> tuple[Presence, list[tuple[UUID, bool]], _Clock]:
    told: list[tuple[UUID, bool]] = []
    clock = _Clock()
    return Presence(lambda person, present: told.append((person, present)), clock.later), told, clock


def test_somebody_is_there_from_their_first_device_until_a_moment_after_their_last() -> None:
    there, told, clock = _watched()
    there.say(BRAM, "phone", attending=True)
    there.say(BRAM, "laptop", attending=True)
    there.say(BRAM, "laptop", attending=True)
    there.say(BRAM, "phone", attending=False)
    assert told == [(BRAM, True)]
    there.drop(BRAM, "laptop")
    assert BRAM in there
    clock.pass_by()
    assert told == [(BRAM, True), (BRAM, False)]
    assert BRAM not in there


def test_a_page_loaded_anew_is_no_going_away() -> None:
    there, told, clock = _watched()
    there.say(BRAM, "before", attending=True)
    there.drop(BRAM, "before")
    there.say(BRAM, "after", attending=True)
    clock.pass_by()
    assert told == [(BRAM, True)]
    there.drop(BRAM, "never seen")
    there.drop(uuid4(), "nobody")
    clock.pass_by()
    assert BRAM in there


def test_colleagues_and_own_clients_are_told_and_nobody_else(world: World, browse: Browse) -> None:
    sockets = {name: browse(name).socket() for name in ("bram", "anna", "joris", "fatima", "petra", "dora", "carla")}
    sockets["bram"].say(type="attending", attending=True)
    for name in ("anna", "fatima", "petra"):
        assert sockets[name].hear("present") == {"type": "present", "person": str(world.id("bram")), "present": True}
    for name in ("joris", "dora", "carla"):
        assert "present" not in _kinds(sockets[name])
    for name, sees in (("anna", True), ("fatima", True), ("joris", False)):
        with browse(name).socket() as later:
            assert (str(world.id("bram")) in later.welcome.get("present", [])) == sees
    for socket in sockets.values():
        socket.close()


def test_of_a_client_and_of_a_team_to_its_client_nobody_is_told(world: World, browse: Browse) -> None:
    world.send("petra", world.conversations["petra", "anna"], "van het planbureau")
    with browse("anna").socket() as anna, browse("bram").socket() as bram, browse("petra").socket() as petra:
        anna.say(type="attending", attending=True)
        petra.say(type="attending", attending=True)
        assert bram.hear("present")["person"] == str(world.id("petra"))
        assert "present" not in _kinds(anna)
        assert "present" not in _kinds(bram)
        with browse("anna").socket() as later:
            assert later.welcome.get("present", []) == []


def test_who_is_a_client_of_two_organisations_knows_it_where_they_are_active_only(world: World, browse: Browse) -> None:
    with audited() as log:
        organisations.add_member(log, world.elsewhere, world.id("anna"), Role.CLIENT)
    organisations.deactivate(world.organisation, world.id("anna"))
    with browse("anna").socket() as anna, browse("fatima").socket() as fatima, browse("bram").socket() as bram:
        bram.say(type="attending", attending=True)
        assert fatima.hear("present")["person"] == str(world.id("bram"))
        assert "present" not in _kinds(anna)


def test_staff_of_one_organisation_are_clients_in_another(world: World, browse: Browse) -> None:
    with audited() as log:
        carla = organisations.add_member(log, world.organisation, world.id("carla"), Role.CLIENT)
    asked = actions.ask_team(rules.may_ask(carla, teams.find(world.team("petra")), carla, care_relation=False), NOWHERE)
    world.send("petra", asked, "van het planbureau")
    with browse("fatima").socket() as fatima, browse("petra").socket() as petra, browse("carla").socket() as carla_here:
        petra.say(type="attending", attending=True)
        assert fatima.hear("present")["person"] == str(world.id("petra"))
        assert "present" not in _kinds(carla_here)
        with browse("carla").socket() as later:
            assert later.welcome.get("present", []) == []


def test_who_is_shut_out_is_told_to_be_gone(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "GRACE", 0.1)
    with browse("fatima").socket() as fatima, browse("bram").socket() as bram:
        bram.say(type="attending", attending=True)
        assert fatima.hear("present")["present"]
        organisations.deactivate(world.organisation, world.id("bram"))
        assert fatima.hear("present") == {"type": "present", "person": str(world.id("bram")), "present": False}


def _kinds(socket: Socket) -> set[str]:
    socket.say(type="ping")
    frames: list[dict[str, Any]] = [socket.hear()]
    while frames[-1]["type"] != "pong":
        frames.append(socket.hear())
    return {frame["type"] for frame in frames}
