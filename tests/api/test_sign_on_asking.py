"""Asking a provider: how many at once, how long, and for whom it is out of reach; nobody pays for another's trouble."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any
from uuid import UUID

import httpx2
import pytest

from tests import forger
from tests.forger import Forger
from tests.later import Clock
from tests.live import Browser
from tests.signing_on import begin, connected, led, sign_on
from tests.world import World
from zorgmessenger.access.facts import Role
from zorgmessenger.accounts.models import Session
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.errors import SignedOut
from zorgmessenger.files import facts as files
from zorgmessenger.organisations import members
from zorgmessenger.signon import asking, checks, discovery, fetching, membership, rounds
from zorgmessenger.signon.models import Check
from zorgmessenger.signon.told import Told, Unreachable

Browse = Callable[..., Browser]
ME = "/api/v1/me"


@contextmanager
def all_turns_taken(organisation: UUID, *, strangers: bool = False) -> Iterator[None]:
    """As many ask an organisation's provider as may."""
    queue = asking.queue(organisation, strangers=strangers)
    with ExitStack() as turns:
        for _ in range(asking.AT_ONCE):
            assert turns.enter_context(queue.turn(patient=False))
        yield


def test_an_answer_about_one_person_that_cannot_be_used_keeps_nobody_else_in(
    world: World, noor: Browser, browse: Browse, idp: Forger, later: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    idp.person("puck", groups=["planbureau"])
    puck, real = browse(), idp.get
    assert sign_on(puck, world, idp, "puck") == "/"

    def get(path: str, headers: Any) -> forger.Answer:
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        return (500, {}) if path == "/userinfo" and idp._live.get(token) == "puck" else real(path, headers)  # noqa: SLF001

    monkeypatch.setattr(idp, "get", get)
    idp.people["noor"]["groups"] = []
    later.forward(seconds=61)
    assert puck.ask("GET", ME).status == 200
    asked = len(idp.asked)
    assert puck.ask("GET", ME).status == 200
    assert len(idp.asked) == asked
    assert noor.ask("GET", ME).status == 401


def test_who_does_not_come_back_is_a_member_no_longer_all_the_same(
    world: World, noor: Browser, idp: Forger, later: Clock
) -> None:
    person = UUID(noor.ask("GET", ME).body["id"])
    idp.people["noor"]["groups"] = []
    later.forward(minutes=11)
    rounds.keep_all()
    assert members.find(person, world.organisation) is None
    assert not Session.objects.filter(person=person).exists()


def test_that_a_provider_is_down_at_night_ends_no_session_that_sleeps(
    noor: Browser, idp: Forger, later: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "OUT_OF_REACH", -1.0)
    idp.down = True
    later.forward(hours=3)
    rounds.keep_all()
    idp.down = False
    later.forward(hours=5)
    assert noor.ask("GET", ME).status == 200


def test_a_download_under_way_is_asked_about_without_a_socket(noor: Browser, idp: Forger, later: Clock) -> None:
    person = UUID(noor.ask("GET", ME).body["id"])
    session = Session.objects.get(person=person).pk
    files.check_session(person, session)
    idp.people["noor"]["groups"] = []
    later.forward(seconds=31)
    rounds.keep()
    with pytest.raises(SignedOut):
        files.check_session(person, session)


def test_strangers_who_all_wait_for_a_provider_hold_up_nobody_who_is_in(
    world: World, noor: Browser, browse: Browse, later: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.01)
    stranger = browse()
    with all_turns_taken(world.organisation, strangers=True):
        answer = stranger.ask("POST", f"/api/v1/sign-on/{world.organisation}")
        assert (answer.status, answer.body["code"]) == (503, "sign_on_unreachable")
        later.forward(hours=1)
        assert noor.ask("GET", ME).status == 200
    assert begin(stranger, world.organisation)


def test_a_provider_that_does_not_answer_is_not_waited_for_by_the_next_one(
    world: World, browse: Browse, idp: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browse()
    path = idp.lead_back("noor", begin(browser, world.organisation))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        connected(world.organisation, f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setattr(fetching, "WITHIN", 0.1)
        assert browse().ask("POST", f"/api/v1/sign-on/{world.organisation}").status == 503
    assert asking.is_out_of_reach(world.organisation)
    connected(world.organisation, idp.issuer)
    assert led(browser, path) == "sign_on_unreachable"
    assert browse().ask("POST", f"/api/v1/sign-on/{world.organisation}").status == 503
    assert not idp.asked


def test_a_slow_provider_holds_up_no_other_organisations_sessions(world: World, noor: Browser, later: Clock) -> None:
    later.forward(hours=8)
    with all_turns_taken(world.elsewhere):
        assert noor.ask("GET", ME).status == 200


def test_a_round_takes_organisations_by_turns(
    world: World, noor: Browser, browse: Browse, idp: Forger, later: Clock
) -> None:
    for _ in range(5):
        assert sign_on(browse(), world, idp, "noor") == "/"
    with forger.running() as theirs:
        theirs.person("puck")
        connected(world.elsewhere, theirs.issuer)
        puck = browse()
        assert led(puck, theirs.lead_back("puck", begin(puck, world.elsewhere))) == "/"
        later.forward(hours=8)
        idp.wait = threading.Event()
        theirs.wait = threading.Event()
        with ThreadPoolExecutor(1) as threads:
            round_ = threads.submit(rounds.keep_all)
            assert idp.reached.wait(10)
            assert theirs.reached.wait(10)
            theirs.wait.set()
            idp.wait.set()
            round_.result()
    assert noor.ask("GET", ME).status == 200


def test_in_the_morning_who_finds_many_asking_waits_for_a_turn(
    world: World, noor: Browser, later: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, real = threading.Event(), asking.Queue.wait

    def wait(queue: asking.Queue) -> AbstractContextManager[bool]:
        waits.set()
        return real(queue)

    monkeypatch.setattr(asking.Queue, "wait", wait)
    later.forward(hours=8)
    with ThreadPoolExecutor(1) as threads:
        with all_turns_taken(world.organisation):
            answer = threads.submit(noor.ask, "GET", ME)
            assert waits.wait(10)
        assert answer.result().status == 200


@pytest.mark.parametrize("where", ["the head", "the name"])
def test_an_answer_that_drips_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setattr(fetching, "WITHIN", 0.3)
    over = threading.Event()

    def drip(server: socket.socket) -> None:
        line, _ = server.accept()
        with line:
            line.sendall(b"HTTP/1.1 200 OK\r\n")
            while not over.wait(0.02):
                try:
                    line.sendall(b"a: b\r\n")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as threads:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        if where == "the head":
            threads.submit(drip, server)
        else:
            monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: over.wait(10) and [])
        with pytest.raises(httpx2.ReadTimeout):
            fetching.document(address)
        over.set()


def test_a_question_is_under_way_for_longer_than_it_can_take() -> None:
    assert checks.UNDER_WAY.total_seconds() > 5 * fetching.WITHIN
    assert checks.UNDER_WAY.total_seconds() <= asking.OUT_OF_REACH


def test_an_answer_that_comes_after_another_one_asked_anew_keeps_nothing(noor: Browser, later: Clock) -> None:
    del noor
    later.forward(seconds=41)
    row = checks.find(Check.objects.get().pk)
    assert row is not None
    first = checks.claim(row)
    assert first is not None
    later.forward(seconds=31)
    again = checks.find(row.pk)
    assert again is not None
    assert checks.claim(again) is not None
    before = bytes(Check.objects.get().sealed)
    checks.settle(first, Told("noor", {"groups": ["planbureau"]}, "another"))
    after = Check.objects.get()
    assert (bytes(after.sealed), after.good_at) == (before, row.good_at)


def test_a_role_that_waits_for_a_hand_over_follows_by_itself_after_it(
    world: World, browse: Browse, idp: Forger, later: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    idp.person("bram", email="bram@cast.example")
    browser = browse()
    sign_on(browser, world, idp, "bram")
    browser.sign_in("bram")
    idp.people["bram"]["groups"] = ["planbureau"]
    for _ in range(3):
        later.forward(seconds=41)
        assert browser.ask("GET", ME).status == 200
    assert AuditEntry.objects.filter(tag=Tag.ROLE_CHANGED, reason="hand_over_first").count() == 1
    monkeypatch.setattr(membership, "_why_it_stays", lambda _: "")
    later.forward(seconds=41)
    assert browser.ask("GET", ME).status == 200
    member = members.find(world.id("bram"), world.organisation)
    assert member is not None
    assert member.role is Role.PLANNER


@pytest.mark.parametrize("end", ["token_endpoint", "userinfo_endpoint", "jwks_uri", "authorization_endpoint"])
def test_a_provider_elsewhere_names_no_end_on_this_machine(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    issuer = "https://idp.elders.example"
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    said = {"issuer": issuer, **{name: f"{issuer}/{name}" for name in names}}
    discovery.forget()
    monkeypatch.setattr(fetching, "document", lambda _: said)
    assert discovery.of(issuer).keys == said["jwks_uri"]
    discovery.forget()
    said[end] = "http://localhost:8088/janus"
    with pytest.raises(Unreachable, match=end):
        discovery.of(issuer)
