"""An organisation requires a second factor: of whom, from when on, and what is closed to who has none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.authenticator import FACTOR, begin, switch_on
from tests.cast import PASSWORD
from tests.later import Clock
from tests.live import Browser
from tests.mailbox import newest_secret
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access.facts import Role
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations import second_factor_policy as policies
from zorgmessenger.organisations.models import Membership
from zorgmessenger.organisations.second_factor_policy import Policy, SecondFactorPolicy, end_of_grace, last_day
from zorgmessenger.realtime.protocol import Close

Browse = Callable[..., Browser]
PATH = "/api/v1/console/second-factor"
NEEDED = (403, "second_factor_needed")


def put(browser: Browser, **policy: Any) -> tuple[int, str]:
    answer = browser.ask("PUT", PATH, {"staff": False, "clients": False, "days": 0, "recoveryHours": 24, **policy})
    return answer.status, answer.body.get("code", "")


def asked(browser: Browser, method: str, path: str, body: Any = None) -> tuple[int, str]:
    answer = browser.ask(method, path, body)
    return answer.status, answer.body.get("code", "") if isinstance(answer.body, dict) else ""


def require(world: World, **policy: Any) -> None:
    policies.set_policy(world.organisation, Policy(**policy))


@pytest.mark.parametrize(
    ("since", "days", "end"),
    [
        ("2026-11-23T13:00", 0, "2026-11-23T13:00"),
        ("2026-11-23T13:00", 7, "2026-11-30T23:00"),
        ("2026-11-23T22:59", 1, "2026-11-24T23:00"),
        ("2026-11-23T23:01", 1, "2026-11-25T23:00"),
        ("2026-10-20T12:00", 10, "2026-10-30T23:00"),
        ("2026-03-20T12:00", 14, "2026-04-03T22:00"),
    ],
)
def test_grace_lasts_to_the_end_of_its_last_day_in_dutch_time(since: str, days: int, end: str) -> None:
    begun = datetime.fromisoformat(since).replace(tzinfo=UTC)
    over = end_of_grace(begun, days)
    assert over == datetime.fromisoformat(end).replace(tzinfo=UTC)
    if days:
        assert (last_day(over) - begun.date()).days in {days, days + 1}


def test_before_it_is_set_nothing_is_required(world: World, browse: Browse) -> None:
    del world
    assert browse("ingrid").ask("GET", PATH).body == {
        "staff": False,
        "clients": False,
        "days": 14,
        "recoveryHours": 24,
        "ofStaff": {"people": 7, "having": 0},
        "ofClients": {"people": 2, "having": 0},
    }


def test_what_is_set_is_shown_counted_and_logged_once(world: World, browse: Browse) -> None:
    switch_on(browse("bram"))
    switch_on(browse("dora"))
    ingrid = browse("ingrid")
    for _ in range(2):
        assert put(ingrid, staff=True, days=30) == (200, "")
    found = ingrid.ask("GET", PATH).body
    assert (found["staff"], found["clients"], found["days"]) == (True, False, 30)
    assert (found["ofStaff"], found["ofClients"]) == ({"people": 7, "having": 1}, {"people": 2, "having": 0})
    (entry,) = AuditEntry.objects.filter(tag=Tag.SECOND_FACTOR_POLICY_SET)
    assert (entry.organisation, entry.actor) == (world.organisation, world.id("ingrid"))
    assert entry.detail == "staff=True clients=False days=30 hours=24"


@pytest.mark.parametrize(
    "policy",
    [
        {"recoveryHours": 0},
        {"recoveryHours": 73},
        {"days": -1},
        {"days": 61},
        {"days": 1.5},
        {"staff": "yes"},
        {"more": 1},
    ],
)
def test_a_policy_that_is_none_is_refused(world: World, browse: Browse, policy: dict[str, Any]) -> None:
    del world
    assert put(browse("ingrid"), **policy) == (422, "invalid")


def test_without_grace_every_door_closes_at_once_but_that_of_setting_it_up(world: World, browse: Browse) -> None:
    bram, ingrid = browse("bram"), browse("ingrid")
    conversation = world.conversations["bram", "anna"]
    with bram.socket() as before:
        assert put(ingrid, staff=True) == (200, "")
        assert before.close_code() == Close.RESTART
    with bram.bare_socket() as socket:
        socket.say(type="hello", protocol=1)
        assert socket.close_code() == Close.SECOND_FACTOR
    doors: list[tuple[str, str, Any]] = [
        ("GET", "/api/v1/me", None),
        ("GET", f"/api/v1/conversations/{conversation}/messages", None),
        ("POST", f"/api/v1/conversations/{conversation}/messages", {"id": str(uuid4()), "body": "hallo"}),
        ("GET", "/api/v1/files", None),
        ("POST", f"{FACTOR}/off", {"password": PASSWORD, "code": "123456"}),
        ("GET", f"/api/v1/files/{uuid4()}/content", None),
    ]
    for method, path, body in doors:
        assert asked(bram, method, path, body) == NEEDED, path
    assert asked(ingrid, "GET", PATH) == NEEDED, "who set it is no exception"
    refused = AuditEntry.objects.filter(tag=Tag.REFUSED, actor=world.id("bram"), reason="second_factor_needed")
    assert refused.count() == len(doors)
    for path in ("/api/v1/session", "/api/v1/terms", FACTOR):
        assert bram.ask("GET", path).status == 200
    with browse("anna").socket() as client, browse("carla").socket() as elsewhere:
        assert client.welcome["type"] == elsewhere.welcome["type"] == "welcome"


def test_who_sets_it_up_goes_on_in_the_same_session(world: World, browse: Browse) -> None:
    require(world, staff=True, days=0)
    bram = browse("bram")
    assert asked(bram, "POST", f"{FACTOR}/setup", {"password": "Verkeerd-42"}) == (422, "incorrect_password")
    switch_on(bram)
    assert bram.ask("GET", "/api/v1/me").status == 200
    with bram.socket() as socket:
        assert "secondFactorBy" not in socket.welcome


def test_who_may_not_come_in_may_still_sign_out(world: World, browse: Browse) -> None:
    require(world, staff=True, days=0)
    bram = browse("bram")
    assert bram.ask("DELETE", "/_allauth/browser/v1/auth/session").status == 401
    assert not bram.greet()


def test_during_grace_all_is_open_and_the_last_day_is_told(world: World, browse: Browse, later: Clock) -> None:
    require(world, clients=True, days=7)
    anna = browse("anna")
    with anna.socket() as socket, browse("bram").socket() as staff:
        day = last_day(end_of_grace(clock.now(), 7))
        assert socket.welcome["secondFactorBy"] == day.isoformat()
        assert "secondFactorBy" not in staff.welcome
    assert anna.ask("GET", "/api/v1/me").status == 200
    later.forward(days=6)
    assert anna.ask("GET", "/api/v1/me").status == 200
    later.forward(days=2)
    assert asked(anna, "GET", "/api/v1/me") == NEEDED


def test_who_listens_is_closed_in_the_moment_in_which_grace_ends(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = browse("anna")
    soon = clock.now() + timedelta(seconds=1.5)
    monkeypatch.setattr(policies, "end_of_grace", lambda *_: soon)
    require(world, clients=True, days=7)
    with anna.socket() as socket:
        assert socket.welcome["type"] == "welcome"
        assert socket.close_code() == Close.SECOND_FACTOR
    assert clock.now() >= soon


def test_grace_begins_when_somebody_joins_where_that_is_later(world: World, later: Clock) -> None:
    require(world, staff=True, days=10)
    set_at = clock.now()
    later.forward(days=8)
    Membership.objects.filter(person_id=world.id("pim")).update(since=clock.now())
    assert policies.required_from(world.id("bram")) == end_of_grace(set_at, 10)
    assert policies.required_from(world.id("pim")) == end_of_grace(clock.now(), 10)


def test_who_comes_back_has_grace_anew(world: World, later: Clock) -> None:
    require(world, staff=True, days=10)
    organisations.deactivate(world.organisation, world.id("pim"))
    assert policies.required_from(world.id("pim")) is None
    later.forward(days=20)
    with audited() as log:
        organisations.add_member(log, world.organisation, world.id("pim"), Role.PLANNER)
    assert policies.required_from(world.id("pim")) == end_of_grace(clock.now(), 10)


def test_for_a_side_that_is_added_grace_begins_then_and_for_the_other_it_goes_on(world: World, later: Clock) -> None:
    require(world, staff=True, days=10)
    began = clock.now()
    later.forward(days=5)
    require(world, staff=True, clients=True, days=20)
    assert policies.required_from(world.id("bram")) == end_of_grace(began, 20)
    assert policies.required_from(world.id("anna")) == end_of_grace(clock.now(), 20)
    require(world, clients=True, days=20)
    assert policies.required_from(world.id("bram")) is None


def test_of_two_organisations_the_strictest_counts(world: World) -> None:
    with audited() as log:
        organisations.add_member(log, world.elsewhere, world.id("bram"), Role.PRACTITIONER)
    require(world, staff=True, days=30)
    policies.set_policy(world.elsewhere, Policy(staff=True, days=0))
    assert policies.is_barred(world.id("bram"), "")
    assert not policies.is_barred(world.id("fatima"), "")
    SecondFactorPolicy.objects.filter(pk=world.elsewhere).delete()
    assert not policies.is_barred(world.id("bram"), "")


def test_what_is_required_cannot_be_switched_off(world: World, browse: Browse) -> None:
    anna = browse("anna")
    phone = switch_on(anna)
    require(world, clients=True, days=60)
    body = {"password": PASSWORD, "code": phone.codes[0]}
    assert asked(anna, "POST", f"{FACTOR}/off", body) == (409, "second_factor_required")
    assert anna.ask("GET", FACTOR).body["required"] is True
    require(world, staff=True, days=60)
    assert anna.ask("GET", FACTOR).body["required"] is False
    assert asked(anna, "POST", f"{FACTOR}/off", body) == (200, "")


def test_who_joins_where_there_is_no_grace_is_asked_at_once(world: World, browse: Browse) -> None:
    policies.set_policy(world.elsewhere, Policy(clients=True, days=0))
    anna, carla = browse("anna"), browse("carla")
    names = {"firstName": "Anna", "lastName": "Visser"}
    carla.ask("POST", "/api/v1/invitations", {**names, "email": "anna@elders.example"})
    with anna.socket() as socket:
        body = {"token": newest_secret("anna@elders.example")}
        assert anna.ask("POST", "/api/v1/invitations/link", body).status == 200
        assert socket.close_code() == Close.RESTART
    assert asked(anna, "GET", "/api/v1/me") == NEEDED


def test_who_is_closed_out_has_not_got_a_second_factor_by_beginning(world: World, browse: Browse) -> None:
    require(world, clients=True, days=0)
    anna = browse("anna")
    assert begin(anna).status == 200
    assert asked(anna, "GET", "/api/v1/me") == NEEDED
