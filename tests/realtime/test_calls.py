"""Video calls over the socket: who starts, waits, is let in, signals, leaves, and who is told what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.live import Browser, Socket, running
from tests.world import World, meet
from zorgmessenger import clock
from zorgmessenger.accounts import limits
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.calls import actions, live, models
from zorgmessenger.calls.places import TurnServer
from zorgmessenger.errors import Unavailable
from zorgmessenger.messages.models import Message
from zorgmessenger.organisations import call_rules
from zorgmessenger.organisations.call_rules import CallRules
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]


class Device:
    """A page of somebody, with its socket."""

    def __init__(self, name: str, browser: Browser) -> None:
        self.name = name
        self.browser = browser
        self.id = str(uuid4())
        self.socket: Socket = browser.socket()
        self.call: dict[str, Any] = {"people": [], "seats": []}

    def ask(self, kind: str, **more: Any) -> dict[str, Any]:
        """Asks with a request and gives the answer."""
        self.socket.say(type=kind, request=1, **more)
        while (frame := self.socket.hear("call", "call_joined", "done", "relay", "refused"))["type"] == "call":
            self.call = frame["call"]
        return frame

    def start(self, conversation: UUID) -> str:
        answer = self.ask("start_call", conversation=conversation, device=self.id)
        assert answer["type"] == "call_joined", answer
        return str(answer["call"])

    def join(self, call: str) -> str:
        answer = self.ask("join_call", call=call, device=self.id)
        return str(answer.get("state") or answer["code"])

    def say(self, kind: str, call: str, **more: Any) -> None:
        self.socket.say(type=kind, call=call, device=self.id, **more)

    def sees(self, *people: str, also: str = "") -> dict[str, Any]:
        """Waits until those and nobody else are in the call as this device sees it; `name:state`."""
        while self._seats() != sorted(people) or (also and not any(seat.get(also) for seat in self.call["seats"])):
            self.call = self.socket.hear("call")["call"]
        return self.call

    def _seats(self) -> list[str]:
        names = {person["id"]: person["firstName"].lower() for person in self.call["people"]}
        return sorted(f"{names[seat['person']]}:{seat['state']}" for seat in self.call["seats"])

    def logged(self, conversation: UUID) -> None:
        """Waits until everything that was refused before is in the log: what is sent now is stored after it."""
        self.socket.say(type="send", id=uuid4(), conversation=conversation, body="ik ben er")
        self.socket.hear("ack")

    def close(self) -> None:
        """Goes."""
        self.socket.close()

    def again(self) -> dict[str, Any]:
        """Loses its line and comes back."""
        self.socket.close()
        self.socket = self.browser.socket()
        return self.socket.welcome


Devices = Callable[[str], Device]


@pytest.fixture
def device(browse: Browse) -> Iterator[Devices]:
    with ExitStack() as open_ones:

        def make(name: str) -> Device:
            made = Device(name, browse(name))
            open_ones.callback(made.close)
            return made

        yield make


@contextmanager
def no_waiting_room(world: World) -> Iterator[None]:
    call_rules.set_rules(world.organisation, CallRules(waiting_room=False))
    yield


def tags(world: World) -> list[str]:
    entries = AuditEntry.objects.filter(organisation=world.organisation, tag__startswith="call.")
    return [tag.removeprefix("call.") for tag in entries.order_by("position").values_list("tag", flat=True)]


def test_a_client_is_called_waits_is_let_in_and_all_of_it_is_logged(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    call = bram.start(world.conversations["bram", "anna"])
    rung = anna.socket.hear("call")
    assert rung["ring"] is True
    assert [seat["state"] for seat in rung["call"]["seats"]] == ["in"]
    assert "device" not in rung["call"]["seats"][0]
    assert anna.join(call) == "waiting"
    anna.say("call_ready", call, alone=True)
    bram.sees("bram:in", "anna:waiting", also="alone")
    assert bram.ask("admit_to_call", call=call, person=world.id("anna"), admitted=True)["type"] == "done"
    assert anna.socket.hear("call_admitted")["call"] == call
    anna.say("leave_call", call)
    bram.sees("bram:in")
    bram.say("leave_call", call)
    assert anna.socket.hear("call_ended")["call"] == call
    assert tags(world) == ["started", "joined", "waited", "admitted", "joined", "left", "left", "ended"]
    stored = models.Call.objects.get(pk=call)
    assert stored.ended_at is not None
    assert stored.stays.filter(until=None).count() == 0


def test_the_conversation_keeps_that_it_was_and_who_was_there(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    with no_waiting_room(world):
        call = bram.start(world.conversations["bram", "anna"])
        assert anna.join(call) == "in"
        assert bram.ask("end_call", call=call)["type"] == "done"
    page = anna.browser.ask("GET", f"/api/v1/conversations/{world.conversations['bram', 'anna']}/messages").body
    codes = [message for message in page["messages"] if message["kind"] == "event"]
    assert '"call_started"' in codes[0]["body"]
    assert str(world.id("anna")) in codes[1]["body"]
    assert str(world.id("bram")) in codes[1]["body"]


def test_a_client_starts_no_call_and_that_is_logged(world: World, device: Devices) -> None:
    anna = device("anna")
    answer = anna.ask("start_call", conversation=world.conversations["bram", "anna"], device=anna.id)
    assert (answer["type"], answer["code"]) == ("refused", "call_by_staff")
    assert models.Call.objects.count() == 0
    anna.logged(world.conversations["bram", "anna"])
    entry = AuditEntry.objects.get(tag=Tag.REFUSED.value, actor=world.id("anna"))
    assert (entry.reason, entry.detail, entry.subject) == ("call_by_staff", "start_call", world.id("anna"))


def test_nor_does_she_by_it_join_the_call_that_goes_on(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    conversation = world.conversations["bram", "anna"]
    bram.start(conversation)
    assert anna.ask("start_call", conversation=conversation, device=anna.id)["code"] == "call_by_staff"


def test_a_client_runs_no_call(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    call = bram.start(world.conversations["bram", "anna"])
    assert anna.join(call) == "waiting"
    assert anna.ask("admit_to_call", call=call, person=world.id("anna"), admitted=True)["code"] == "call_by_staff"
    assert anna.ask("end_call", call=call)["code"] == "call_by_staff"


def test_who_does_not_take_part_sees_and_reaches_no_call(world: World, device: Devices) -> None:
    bram, carla = device("bram"), device("carla")
    call = bram.start(world.conversations["bram", "anna"])
    assert carla.join(call) == "not_found"
    assert carla.join(str(uuid4())) == "not_found"
    assert carla.ask("end_call", call=call)["code"] == "not_found"
    assert carla.again().get("calls", []) == []
    carla.socket.say(type="ping")
    assert carla.socket.hear("call", "pong")["type"] == "pong"


def test_devices_in_a_call_signal_to_each_other_and_nobody_else_to_them(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    call = bram.start(world.conversations["bram", "anna"])
    assert anna.join(call) == "waiting"
    anna.say("signal", call, to=bram.id, data="from the waiting room")
    with no_waiting_room(world):
        assert anna.join(call) == "in"
    anna.say("signal", call, to=bram.id, data="let in")
    heard = bram.socket.hear("signal")
    assert (heard["data"], heard["device"]) == ("let in", anna.id)
    other = Device("anna", anna.browser)
    other.say("signal", call, to=bram.id, data="without a seat")
    other.socket.say(type="signal", call=call, device=anna.id, to=bram.id, data="in another's name")
    anna.say("call_type", call, line=1, text="hoi")
    assert bram.socket.hear("signal", "call_type")["type"] == "call_type"
    other.socket.close()


def test_who_loses_the_line_is_away_and_comes_back_as_they_were(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    call = bram.start(world.conversations["bram", "anna"])
    assert anna.join(call) == "waiting"
    bram.ask("admit_to_call", call=call, person=world.id("anna"), admitted=True)
    anna.socket.hear("call_admitted")
    anna.socket.close()
    bram.sees("anna:away", "bram:in")
    welcome = anna.again()
    assert [one["id"] for one in welcome["calls"]] == [call]
    assert anna.join(call) == "in"
    bram.sees("anna:in", "bram:in")
    assert tags(world).count("joined") == 2


def test_another_device_takes_the_seat_over(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    with no_waiting_room(world):
        call = bram.start(world.conversations["bram", "anna"])
        anna.join(call)
    tablet = Device("anna", anna.browser)
    assert tablet.join(call) == "in"
    left = anna.socket.hear("call_left")
    assert (left["reason"], left["device"]) == ("elsewhere", anna.id)
    anna.say("leave_call", call)
    tablet.say("call_tracks", call, microphone=True, camera=True, screen=False)
    bram.sees("anna:in", "bram:in", also="camera")
    tablet.socket.close()


def test_in_a_group_a_client_who_waits_sees_no_other_client(world: World, device: Devices) -> None:
    bram, anna, joris = device("bram"), device("anna"), device("joris")
    meet(world, "bram", "joris")
    group = a_group(world, bram, "anna", "joris")
    call = bram.start(group)
    assert anna.join(call) == "waiting"
    assert joris.join(call) == "waiting"
    mine = joris.sees("bram:in", "joris:waiting")
    assert str(world.id("anna")) not in str(mine)
    bram.ask("admit_to_call", call=call, person=world.id("anna"), admitted=True)
    bram.ask("admit_to_call", call=call, person=world.id("joris"), admitted=True)
    together = joris.sees("bram:in", "anna:in", "joris:in")
    assert all(seat["device"] for seat in together["seats"])


def test_who_is_sent_away_waits_anew(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    with no_waiting_room(world):
        call = bram.start(world.conversations["bram", "anna"])
        assert anna.join(call) == "in"
        bram.ask("admit_to_call", call=call, person=world.id("anna"), admitted=False)
        assert anna.socket.hear("call_left")["reason"] == "sent_away"
        assert anna.join(call) == "waiting"


def test_who_is_taken_out_of_a_group_is_out_of_its_call(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    group = a_group(world, bram, "anna")
    with no_waiting_room(world):
        call = bram.start(group)
        assert anna.join(call) == "in"
    answer = bram.browser.ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('anna')}")
    assert answer.status == 200, answer
    assert anna.socket.hear("call_left")["reason"] == "gone"
    assert anna.socket.hear("call_ended")["call"] == call
    assert anna.join(call) == "not_found"
    bram.sees("bram:in")


def test_with_the_group_its_call_is_closed(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    group = a_group(world, bram, "anna")
    with no_waiting_room(world):
        call = bram.start(group)
        assert anna.join(call) == "in"
    assert bram.browser.ask("POST", f"/api/v1/groups/{group}/close").status == 200
    assert anna.socket.hear("call_ended")["call"] == call
    assert bram.ask("start_call", conversation=group, device=bram.id)["code"] == "conversation_closed"


def test_nobody_takes_the_place_of_anothers_device(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    call = bram.start(world.conversations["bram", "anna"])
    anna.id = bram.id
    assert anna.join(call) == "conflict"


def test_who_signs_out_is_out_at_once(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    with no_waiting_room(world):
        call = bram.start(world.conversations["bram", "anna"])
        assert anna.join(call) == "in"
    bram.browser.ask("DELETE", "/_allauth/browser/v1/auth/session")
    assert anna.socket.hear("call_ended")["call"] == call


def test_two_who_start_at_once_are_in_one_call(world: World, device: Devices) -> None:
    bram, petra = device("bram"), device("petra")
    group = a_group(world, bram, "petra")
    for one in (bram, petra):
        one.socket.say(type="start_call", request=1, conversation=group, device=one.id)
    assert bram.socket.hear("call_joined")["call"] == petra.socket.hear("call_joined")["call"]
    assert Message.objects.filter(conversation_id=group, kind="event").count() == 1


def a_group(world: World, maker: Device, *names: str) -> UUID:
    people = [str(world.id(name)) for name in names]
    made = maker.browser.ask("POST", "/api/v1/groups", {"title": "Wandelgroep", "symbol": "leaf", "people": people})
    assert made.status == 201, made
    return UUID(made.body["conversation"])


def test_a_call_outlives_the_server_and_everybody_comes_back_as_they_were(world: World) -> None:
    with no_waiting_room(world), running() as first:
        bram, anna = (device_at(first, name) for name in ("bram", "anna"))
        call = bram.start(world.conversations["bram", "anna"])
        assert anna.join(call) == "in"
        bram.close()
        anna.close()
    with running() as second:
        bram.browser.address = anna.browser.address = second
        (here,) = anna.again()["calls"]
        assert {seat["state"] for seat in here["seats"]} == {"away"}
        bram.again()
        assert anna.join(call) == "in"
        assert bram.join(call) == "in"
        bram.sees("anna:in", "bram:in")
        assert bram.ask("end_call", call=call)["type"] == "done"
        bram.close()
        anna.close()
    assert models.CallStay.objects.filter(call_id=call).count() == 2


def test_who_stays_away_is_out_and_without_staff_it_is_over(
    world: World, device: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "AWAY_FOR", 0.05)
    bram, anna = device("bram"), device("anna")
    call = bram.start(world.conversations["bram", "anna"])
    assert anna.join(call) == "waiting"
    bram.close()
    assert anna.socket.hear("call_ended")["call"] == call
    assert tags(world) == ["started", "joined", "waited", "left", "left", "ended"]


def test_over_http_a_call_starts_for_who_joins_it_in_a_moment(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    path = f"/api/v1/conversations/{world.conversations['bram', 'anna']}/call"
    assert anna.browser.ask("POST", path).body["code"] == "call_by_staff"
    call = bram.browser.ask("POST", path).body["call"]
    assert anna.socket.hear("call")["ring"] is True
    assert bram.browser.ask("POST", path).body["call"] == call
    assert bram.join(call) == "in"
    bram.sees("bram:in")
    assert anna.browser.ask("POST", f"/api/v1/calls/{call}/end").body["code"] == "call_by_staff"
    assert bram.browser.ask("POST", f"/api/v1/calls/{call}/end").status == 200
    assert anna.socket.hear("call_ended")["call"] == call
    assert bram.browser.ask("POST", f"/api/v1/calls/{call}/end").status == 200
    assert bram.browser.ask("POST", f"/api/v1/calls/{uuid4()}/end").status == 404


def test_who_is_in_a_call_gets_a_relay_of_their_own_and_who_waits_gets_none(
    world: World, device: Devices, settings: Any
) -> None:
    settings.ZORG_TURN = TurnServer(("turn:relay.example:3478",), "s" * 32)
    bram, anna = device("bram"), device("anna")
    conversation = world.conversations["bram", "anna"]
    mine = bram.ask("start_call", conversation=conversation, device=bram.id)
    waiting = anna.ask("join_call", call=mine["call"], device=anna.id)
    assert (waiting["state"], "servers" in waiting) == ("waiting", False)
    anna.socket.say(type="ask_relay", request=2, call=mine["call"], device=anna.id)
    bram.ask("admit_to_call", call=mine["call"], person=world.id("anna"), admitted=True)
    theirs = anna.socket.hear("call_admitted", "relay")
    assert theirs["type"] == "call_admitted"
    assert mine["servers"][0]["urls"] == ["turn:relay.example:3478"]
    assert mine["servers"][0]["username"] != theirs["servers"][0]["username"]
    assert mine["relayUntil"] > clock.now().isoformat()
    fresh = anna.ask("ask_relay", call=mine["call"], device=anna.id)
    assert fresh["type"] == "relay"
    assert fresh["servers"]


def device_at(address: str, name: str) -> Device:
    browser = Browser(address)
    assert browser.sign_in(name).status == 200
    return Device(name, browser)


def once_unavailable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The first time that it is done, the database is not there."""
    real = getattr(actions, name)
    failed: list[bool] = []

    def fails(*about: Any) -> Any:
        if not failed:
            failed.append(True)
            raise Unavailable("as in a restart of the database")
        return real(*about)

    monkeypatch.setattr(actions, name, fails)
    monkeypatch.setattr(live, "AGAIN_AFTER", 0.05)


@pytest.mark.parametrize("name", ["drop", "give_up", "leave"])
def test_what_must_end_ends_once_the_database_is_there(
    world: World, device: Devices, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(live, "AWAY_FOR", 0.05)
    once_unavailable(monkeypatch, name)
    bram, anna = device("bram"), device("anna")
    call = bram.start(world.conversations["bram", "anna"])
    if name == "leave":
        bram.say("leave_call", call)
    else:
        bram.close()
    assert anna.socket.hear("call_ended")["call"] == call


def test_who_is_taken_out_is_out_once_the_database_is_there(
    world: World, device: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    once_unavailable(monkeypatch, "keep_to_rights")
    bram, anna = device("bram"), device("anna")
    group = a_group(world, bram, "anna")
    with no_waiting_room(world):
        call = bram.start(group)
        assert anna.join(call) == "in"
    bram.browser.ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('anna')}")
    assert anna.socket.hear("call_left")["reason"] == "gone"


def test_who_had_not_joined_hears_of_the_end_after_a_restart_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as first:
        bram = device_at(first, "bram")
        call = bram.start(world.conversations["bram", "anna"])
        bram.close()
    with running() as second:
        anna = device_at(second, "anna")
        assert [one["id"] for one in anna.socket.welcome["calls"]] == [call]
        monkeypatch.setattr(live, "AWAY_FOR", 0.05)
        bram = device_at(second, "bram")
        assert bram.join(call) == "in"
        bram.close()
        assert anna.socket.hear("call_ended")["call"] == call
        anna.close()


def test_a_call_of_which_nothing_was_known_for_hours_was_as_long_as_it_was_known(world: World) -> None:
    who = actions.Actor(world.id("bram"), NOWHERE)
    call = actions.start(who, world.conversations["bram", "anna"], uuid4(), sfu=False)
    began = clock.now() - timedelta(hours=9)
    models.Call.objects.filter(pk=call.id).update(started_at=began, alive_at=began + timedelta(hours=1))
    models.CallStay.objects.filter(call_id=call.id).update(since=began)
    assert actions.going_on() == []
    stored = models.Call.objects.get(pk=call.id)
    assert stored.ended_at == stored.stays.get().until == stored.alive_at
    page = history_of("bram", world.conversations["bram", "anna"])
    assert '"seconds":3600' in page[-1]


def test_each_sending_away_and_each_going_is_logged(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    call = bram.start(world.conversations["bram", "anna"])
    for _ in range(2):
        assert anna.join(call) == "waiting"
        bram.ask("admit_to_call", call=call, person=world.id("anna"), admitted=False)
    assert anna.join(call) == "waiting"
    bram.sees("bram:in", "anna:waiting")
    anna.say("leave_call", call)
    bram.sees("bram:in")
    expected = ["started", "joined", "waited", "sent_away", "waited", "sent_away", "waited", "left"]
    assert tags(world) == expected


def test_who_was_sent_away_waits_also_where_nobody_else_does_and_after_a_restart(world: World) -> None:
    with no_waiting_room(world), running() as first:
        bram, anna = device_at(first, "bram"), device_at(first, "anna")
        call = bram.start(world.conversations["bram", "anna"])
        bram.ask("admit_to_call", call=call, person=world.id("anna"), admitted=False)
        assert anna.join(call) == "waiting"
        bram.close()
        anna.close()
    with running() as second:
        anna.browser.address = second
        anna.again()
        assert anna.join(call) == "waiting"
        anna.close()


def test_the_right_to_come_back_goes_with_taking_part(world: World, device: Devices) -> None:
    bram, anna = device("bram"), device("anna")
    group = a_group(world, bram, "anna")
    call = bram.start(group)
    assert anna.join(call) == "waiting"
    bram.ask("admit_to_call", call=call, person=world.id("anna"), admitted=True)
    anna.say("leave_call", call)
    bram.sees("bram:in")
    path = f"/api/v1/groups/{group}/people"
    assert bram.browser.ask("DELETE", f"{path}/{world.id('anna')}").status == 200
    assert anna.socket.hear("call_ended")["call"] == call
    bram.browser.ask("POST", path, {"person": str(world.id("anna")), "history": True})
    assert anna.join(call) == "waiting"


def test_staff_let_in_only_from_inside(world: World, device: Devices) -> None:
    bram, petra, anna = device("bram"), device("petra"), device("anna")
    group = a_group(world, bram, "anna", "petra")
    call = bram.start(group)
    assert anna.join(call) == "waiting"
    answer = petra.ask("admit_to_call", call=call, person=world.id("anna"), admitted=True)
    assert answer["code"] == "forbidden"


def test_a_device_stays_its_persons_after_they_left(world: World, device: Devices) -> None:
    bram, fatima, anna = device("bram"), device("fatima"), device("anna")
    group = a_group(world, bram, "anna", "fatima")
    call = bram.start(group)
    assert fatima.join(call) == "in"
    bram.say("leave_call", call)
    fatima.sees("fatima:in")
    mine, anna.id = anna.id, bram.id
    assert anna.join(call) == "conflict"
    anna.id = mine
    assert anna.join(call) == "waiting"
    assert bram.join(call) == "in"


def test_what_is_over_is_over_for_who_was_late(world: World, device: Devices) -> None:
    bram, anna, carla = device("bram"), device("anna"), device("carla")
    call = bram.start(world.conversations["bram", "anna"])
    for _ in range(2):
        assert bram.ask("end_call", call=call)["type"] == "done"
    assert anna.join(call) == "call_over"
    assert anna.ask("end_call", call=call)["code"] == "call_by_staff"
    assert carla.join(call) == "not_found"
    assert not AuditEntry.objects.filter(tag=Tag.REFUSED.value, actor=world.id("bram")).exists()


def test_nobody_rings_without_end(world: World, device: Devices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CALLS_STARTED", limits.Limit("calls_started", 2, 60))
    bram = device("bram")
    conversation = world.conversations["bram", "anna"]
    for _ in range(2):
        bram.ask("end_call", call=bram.start(conversation))
    assert bram.ask("start_call", conversation=conversation, device=bram.id)["code"] == "too_many"
    path = f"/api/v1/conversations/{conversation}/call"
    assert bram.browser.ask("POST", path).status == 429


def history_of(name: str, conversation: UUID) -> list[str]:
    with running() as address:
        browser = Browser(address)
        browser.sign_in(name)
        page = browser.ask("GET", f"/api/v1/conversations/{conversation}/messages").body
    return [message["body"] for message in page["messages"]]
