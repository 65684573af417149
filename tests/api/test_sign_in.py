"""Signing in and out, sessions, and the limits on guesses."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Lock
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F
from websockets.exceptions import ConnectionClosed

from tests.cast import PASSWORD, address_of
from tests.live import Answer, Browser, running
from tests.world import World
from zorgmessenger.accounts import limits
from zorgmessenger.accounts.models import Attempt, Person, Session
from zorgmessenger.accounts.passwords import BoundedArgon2
from zorgmessenger.accounts.sessions import SessionStore, digest
from zorgmessenger.audit import writer
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.realtime.hub import hub
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
LOGIN = "/_allauth/browser/v1/auth/login"
SESSION = "/_allauth/browser/v1/auth/session"


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What argon2 was asked to do, in order, by the name of the method."""
    done: list[str] = []
    lock = Lock()
    for name in ("encode", "verify"):
        original = getattr(BoundedArgon2, name)

        def counted(self: Any, *args: Any, _name: str = name, _original: Any = original) -> Any:
            with lock:
                done.append(_name)
            return _original(self, *args)

        monkeypatch.setattr(BoundedArgon2, name, counted)
    return done


def guess(browser: Browser, name: str, password: str) -> Answer:
    return browser.ask("POST", LOGIN, {"email": address_of(name), "password": password})


def test_signing_in_gives_a_session_that_scripts_and_other_sites_cannot_use(world: World, address: str) -> None:
    del world
    browser = Browser(address)
    browser.greet()
    assert guess(browser, "anna", PASSWORD).status == 200
    cookie = next(cookie for cookie in browser.jar if cookie.name == "session")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    assert (cookie.path, cookie.domain_specified) == ("/", False)


def test_the_session_id_changes_at_sign_in(world: World, address: str) -> None:
    """Whoever planted a session in somebody's browser is not signed in with them."""
    del world
    planted = SessionStore()
    planted["planted"] = True
    planted.save()
    victim = Browser(address)
    victim.greet()
    headers = {"Cookie": f"session={planted.session_key}; csrftoken=" + _csrf_cookie(victim)}
    answer = victim.ask("POST", LOGIN, {"email": address_of("anna"), "password": PASSWORD}, **headers)
    assert answer.status == 200
    assert victim.cookie not in {"", planted.session_key}
    assert victim.ask("GET", "/api/v1/me").status == 200
    attacker = Browser(address).ask("GET", "/api/v1/me", Cookie=f"session={planted.session_key}")
    assert attacker.status == 401


def test_signing_out_ends_the_session_on_the_server(world: World, browse: Browse, address: str) -> None:
    browser = browse("anna")
    cookie = browser.cookie
    assert browser.ask("DELETE", SESSION).status == 401
    assert Browser(address).ask("GET", "/api/v1/me", Cookie=f"session={cookie}").status == 401
    assert not Session.objects.filter(person=world.id("anna")).exists()
    assert AuditEntry.objects.filter(tag=Tag.SIGNED_OUT, actor=world.id("anna")).count() == 1


def test_sessions_of_two_devices_end_apart(world: World, browse: Browse) -> None:
    del world
    phone, laptop = browse("anna"), browse("anna")
    with phone.socket() as on_phone, laptop.socket() as on_laptop:
        phone.ask("DELETE", SESSION)
        assert on_phone.close_code() == 4401
        on_laptop.say(type="ping")
        assert on_laptop.hear("pong")
    assert laptop.ask("GET", "/api/v1/me").status == 200


def test_who_signs_out_before_their_socket_says_hello_is_not_welcomed(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    with browser.bare_socket() as socket:
        browser.ask("DELETE", SESSION)
        with suppress(ConnectionClosed):  # it may have been closed already: who is on it is asked after it is accepted
            socket.say(type="hello", protocol=1)
        assert socket.close_code() == 4401


def test_a_session_has_ended_before_its_sockets_are_closed(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a socket could come back by it in that moment."""
    del world
    browser, left, real = browse("anna"), [], hub.close_session

    def closing(session: str) -> None:
        left.append(Session.objects.filter(pk=session).exists())
        real(session)

    monkeypatch.setattr(hub, "close_session", closing)
    with browser.socket() as socket:
        browser.ask("DELETE", SESSION)
        assert socket.close_code() == 4401
    assert left == [False]


def test_a_session_is_of_no_use_to_who_reads_the_database(world: World, browse: Browse) -> None:
    browser = browse("anna")
    row = Session.objects.get(person=world.id("anna"))
    assert row.session_key == digest(browser.cookie) != browser.cookie
    assert address_of("anna") not in row.session_data
    stranger = Browser(browser.address)
    assert stranger.ask("GET", "/api/v1/me", Cookie=f"session={row.session_key}").status == 401


def test_a_session_moved_to_another_key_or_changed_in_the_database_opens_nothing(world: World, browse: Browse) -> None:
    anna, dora = browse("anna"), browse("dora")
    mine, hers = (Session.objects.get(person=world.id(name)) for name in ("anna", "dora"))
    Session.objects.filter(pk=mine.pk).update(session_data=hers.session_data)
    assert anna.ask("GET", "/api/v1/me").status == 401
    damaged = hers.session_data[:-8] + "AAAAAA=="
    Session.objects.filter(pk=hers.pk).update(session_data=damaged)
    assert dora.ask("GET", "/api/v1/me").status == 401


def test_an_expired_session_and_one_of_a_deactivated_person_are_nobodys(world: World, browse: Browse) -> None:
    anna, bram = browse("anna"), browse("bram")
    Session.objects.filter(person=world.id("anna")).update(expire_date=F("expire_date") - timedelta(days=15))
    Person.objects.filter(pk=world.id("bram")).update(is_active=False)
    for browser in (anna, bram):
        assert browser.ask("GET", "/api/v1/me").status == 401
        with browser.bare_socket() as socket:
            assert socket.close_code() == 4401
    assert guess(browse(), "bram", PASSWORD).status in {401, 422}


def test_a_wrong_password_and_an_unknown_address_are_answered_alike_after_the_same_work(
    world: World, browse: Browse, hashed: list[str]
) -> None:
    del world
    browser = browse()
    known = guess(browser, "anna", "Verkeerd-42")
    assert len(hashed) == 1
    unknown = guess(browser, "nobody", "Verkeerd-42")
    assert len(hashed) == 2
    assert (known.status, known.raw) == (unknown.status, unknown.raw)
    assert (known.status, known.body["code"]) == (422, "email_password_mismatch")
    assert known.body["text"] == text("error.email_password_mismatch")
    assert AuditEntry.objects.filter(tag=Tag.SIGN_IN_FAILED, actor=None, reason="credentials").count() == 2


def test_of_thirty_guesses_in_one_moment_no_more_than_ten_are_compared(
    world: World, browse: Browse, hashed: list[str]
) -> None:
    del world
    browsers = [browse() for _ in range(30)]
    together = Barrier(30)

    def one(number: int) -> Answer:
        together.wait()
        return guess(browsers[number], "anna", f"Verkeerd-{number}")

    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(one, range(30)))
    assert {answer.status for answer in answers} == {422, 429}
    assert len(hashed) == limits.SIGN_IN_ADDRESS.times == 10
    codes = [answer.body["code"] for answer in answers]
    assert codes.count("too_many") == 20
    assert guess(browse(), "anna", PASSWORD).status == 429, "the right one comes too late"
    assert AuditEntry.objects.filter(tag=Tag.SIGN_IN_FAILED, reason="too_many").count() == 21


def test_the_limit_holds_over_a_restart_for_all_spellings_and_ends_with_its_window(world: World) -> None:
    del world
    spellings = [address_of("anna"), address_of("anna").upper(), f"  {address_of('anna')} "]
    with running() as address:
        browser = Browser(address)
        browser.greet()
        for number in range(limits.SIGN_IN_ADDRESS.times):
            body = {"email": spellings[number % 3], "password": "Verkeerd-42"}
            assert browser.ask("POST", LOGIN, body).body["code"] == "email_password_mismatch"
    with running() as address:
        browser = Browser(address)
        browser.greet()
        answer = guess(browser, "anna", PASSWORD)
        assert (answer.status, answer.body["code"]) == (429, "too_many")
        assert guess(browser, "dora", "Verkeerd-42").body["code"] == "email_password_mismatch"
        Attempt.objects.update(window_ends=F("window_ends") - timedelta(minutes=16))
        assert guess(browser, "anna", PASSWORD).status == 200


def test_an_unknown_address_is_limited_as_a_known_one(world: World, browse: Browse) -> None:
    del world
    browser = browse()
    known = [guess(browser, "anna", "Verkeerd-42") for _ in range(12)]
    unknown = [guess(browser, "nobody", "Verkeerd-42") for _ in range(12)]
    assert [answer.raw for answer in known] == [answer.raw for answer in unknown]


def test_one_network_has_two_hundred_guesses_at_all_addresses_together(
    world: World, browse: Browse, hashed: list[str]
) -> None:
    del world
    for _ in range(limits.SIGN_IN_NETWORK.times):
        limits.check(limits.SIGN_IN_NETWORK, "127.0.0.1")
    answer = guess(browse(), "anna", PASSWORD)
    assert (answer.status, answer.body["code"], hashed) == (429, "too_many", [])


def test_the_right_password_makes_the_count_start_anew(world: World, browse: Browse) -> None:
    del world
    for _ in range(3):
        browser = browse()
        for _ in range(limits.SIGN_IN_ADDRESS.times - 1):
            guess(browser, "anna", "Verkeerd-42")
        assert guess(browser, "anna", PASSWORD).status == 200


def test_what_is_counted_is_kept_as_a_digest_that_cannot_be_guessed_without_the_keys(
    world: World, browse: Browse
) -> None:
    """An address book and the table do not tell who has an account here."""
    del world
    guess(browse(), "anna", "Verkeerd-42")
    kept = {attempt.key for attempt in Attempt.objects.all()}
    assert len(kept) >= 2
    assert all(len(key) == 64 for key in kept)
    guesses = [address_of("anna"), "127.0.0.1"]
    names = [limit.name for limit in vars(limits).values() if isinstance(limit, limits.Limit)]
    said = [form for value in guesses for name in names for form in (value, f"{name}|{value}", f"{name}{value}")]
    for key in (b"", bytes(32), b"attempts", settings.SECRET_KEY.encode()):
        assert kept.isdisjoint(hmac.digest(key, one.encode(), "sha256").hex() for one in said)
    assert kept.isdisjoint(hashlib.sha256(one.encode()).hexdigest() for one in said)


def test_a_sign_in_that_cannot_be_counted_or_logged_does_not_happen(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fail closed."""

    def broken(*_: object, **__: object) -> None:
        raise OSError("no room")

    for module, name in ((limits, "check"), (writer, "append")):
        browser = browse()
        with monkeypatch.context() as patch:
            patch.setattr(module, name, broken)
            answer = guess(browser, "anna", PASSWORD)
            assert (answer.status, answer.body["code"]) == (500, "failed")
        assert browser.ask("GET", "/api/v1/me").status == 401
        assert not Session.objects.filter(person=world.id("anna")).exists()


def _csrf_cookie(browser: Browser) -> str:
    return next(str(cookie.value) for cookie in browser.jar if cookie.name == "csrftoken")
