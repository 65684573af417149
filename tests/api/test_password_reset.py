"""A forgotten password: B07."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from pytest_django import Settings

from tests.cast import PASSWORD, address_of
from tests.live import Answer, Browser
from tests.mailbox import letters, newest_secret, secret_in
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.accounts import limits
from zorgmessenger.accounts.models import Person, Session
from zorgmessenger.audit import writer
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.delivery.models import OutgoingMail
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
PREFIX = "/_allauth/browser/v1/auth/password"
NEW = "Kuiltjes-op-12"
ANNA = address_of("anna")


def ask(browser: Browser, address: str) -> Answer:
    return browser.ask("POST", f"{PREFIX}/request", {"email": address})


def reset(browser: Browser, key: str, password: str = NEW) -> Answer:
    return browser.ask("POST", f"{PREFIX}/reset", {"key": key, "password": password})


@pytest.fixture
def key(world: World, browse: Browse) -> str:
    """The key in the mail to Anna."""
    del world
    assert ask(browse(), ANNA).status == 200
    return newest_secret(ANNA)


def test_the_mail_leads_to_a_new_password_and_the_old_one_is_gone(world: World, browse: Browse, key: str) -> None:
    browser = browse()
    assert browser.ask("GET", f"{PREFIX}/reset", **{"X-Password-Reset-Key": key}).status == 200
    assert reset(browser, key).status == 401, "nobody is signed in by it"
    assert not browser.greet()
    assert browser.sign_in("anna", PASSWORD).status == 422
    assert browser.sign_in("anna", NEW).status == 200
    assert AuditEntry.objects.filter(tag=Tag.PASSWORD_RESET, actor=world.id("anna")).count() == 1


def test_a_key_works_once(browse: Browse, key: str) -> None:
    assert reset(browse(), key).status == 401
    again = reset(browse(), key, "Anders-dan-12")
    assert (again.status, again.body["code"]) == (422, "invalid_password_reset")
    assert browse().sign_in("anna", NEW).status == 200


def test_a_key_works_once_in_one_moment_too(browse: Browse, key: str) -> None:
    browsers = [browse() for _ in range(6)]
    together = Barrier(6)

    def one(number: int) -> Answer:
        together.wait()
        return reset(browsers[number], key, f"Kuiltjes-op-1{number}")

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one, range(6)))
    assert sorted(answer.status for answer in answers) == [401, 422, 422, 422, 422, 422]
    winner = [answer.status for answer in answers].index(401)
    assert browse().sign_in("anna", f"Kuiltjes-op-1{winner}").status == 200


def test_an_older_key_is_dead_once_the_password_changed(browse: Browse, key: str) -> None:
    ask(browse(), ANNA)
    newer = newest_secret(ANNA)
    assert reset(browse(), newer).status == 401
    assert reset(browse(), key).status == 422


def test_a_key_is_dead_after_an_hour(browse: Browse, key: str, settings: Settings) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert reset(browse(), key).status == 422
    assert browse().sign_in("anna", PASSWORD).status == 200


def test_no_altered_key_works_and_none_for_another_person(world: World, browse: Browse, key: str) -> None:
    person, _, secret = key.partition("-")
    other = f"{world.id('dora').hex}-{secret}"
    browser = browse()
    for wrong in (key[:-1], key[:-1] + ("a" if key[-1] != "a" else "b"), other, secret, person, "-", "", "x" * 5000):
        answer = reset(browser, wrong)
        assert (answer.status, answer.body["fields"][0]["field"]) == (422, "key"), wrong[:99]
        assert browser.ask("GET", f"{PREFIX}/reset", **{"X-Password-Reset-Key": wrong}).status == 422
    assert reset(browser, key).status == 401


def test_a_reset_ends_all_sessions_and_closes_all_sockets(world: World, browse: Browse, key: str) -> None:
    phone, laptop, dora = browse("anna"), browse("anna"), browse("dora")
    with phone.socket() as one, laptop.socket() as other, dora.socket() as hers:
        assert reset(browse(), key).status == 401
        assert one.close_code() == other.close_code() == 4401
        hers.say(type="ping")
        hers.hear("pong")
    for browser in (phone, laptop):
        assert browser.ask("GET", "/api/v1/me").status == 401
        with browser.bare_socket() as socket:
            assert socket.close_code() == 4401
    assert not Session.objects.filter(person=world.id("anna")).exists()


def test_the_person_is_told_by_mail_that_the_password_changed(browse: Browse, key: str) -> None:
    reset(browse(), key)
    mail = letters(ANNA)[-1]
    assert mail.subject == text("mail.password_changed.subject")
    assert "http" not in mail.plain


def test_a_known_and_an_unknown_address_are_answered_alike_and_only_the_known_one_gets_mail(
    world: World, browse: Browse
) -> None:
    """Also the same rows are written for both; what is not to go out never goes."""
    del world
    browser = browse()
    known, unknown, odd = (ask(browser, to) for to in (ANNA, "nobody@cast.example", ANNA.upper()))
    assert known.raw == unknown.raw == odd.raw
    assert known.status == unknown.status == 200
    assert len(letters(ANNA)) == 2
    assert letters("nobody@cast.example") == []
    for row in OutgoingMail.objects.filter(state=OutgoingMail.DROPPED):
        assert row.sealed


def test_asking_is_limited_per_address_and_the_answer_does_not_tell(world: World, browse: Browse) -> None:
    del world
    browser = browse()
    answers = [ask(browser, ANNA) for _ in range(limits.RESET_ADDRESS.times + 3)]
    assert len({(answer.status, answer.raw) for answer in answers}) == 1
    assert len(letters(ANNA)) == limits.RESET_ADDRESS.times
    assert len({secret_in(mail) for mail in letters(ANNA)}) >= 1


def test_asking_is_limited_per_network(world: World, browse: Browse) -> None:
    del world
    for _ in range(limits.RESET_NETWORK.times):
        limits.check(limits.RESET_NETWORK, "127.0.0.1")
    assert ask(browse(), ANNA).status == 200
    assert letters(ANNA) == []


def test_asking_is_logged_for_the_account_it_is_about_and_never_with_the_address(world: World, browse: Browse) -> None:
    browser = browse()
    for to in (ANNA, "nobody@cast.example"):
        ask(browser, to)
    for _ in range(limits.RESET_ADDRESS.times):
        ask(browser, ANNA)
    entries = AuditEntry.objects.filter(tag=Tag.PASSWORD_RESET_ASKED).order_by("position")
    anna = world.id("anna")
    assert [(entry.subject, entry.reason) for entry in entries] == [
        (anna, ""),
        (None, ""),
        (anna, ""),
        (anna, ""),
        (None, "too_many"),
    ]
    assert {(entry.actor, entry.object, entry.detail, entry.address) for entry in entries} == {
        (None, "", "", "127.0.0.1")
    }


def test_who_was_deactivated_gets_no_mail_and_no_new_password(world: World, browse: Browse, key: str) -> None:
    Person.objects.filter(pk=world.id("anna")).update(is_active=False)
    assert ask(browse(), ANNA).status == 200
    assert len(letters(ANNA)) == 1
    assert reset(browse(), key).status == 422


def test_a_new_password_is_judged_as_at_registration(browse: Browse, key: str) -> None:
    """PWD-1, PWD-2: the person's own name counts."""
    browser = browse()
    for password in ("Abcdefg1", "Welkom01!", "Anna-toneel-1", "Linde-2026!", "Aa1!" + "x" * 200):
        answer = reset(browser, key, password)
        assert (answer.status, answer.body["fields"][0]["field"]) == (422, "password"), password
        assert answer.body["fields"][0]["code"].startswith("password_")
        assert answer.body["fields"][0]["text"]
    assert reset(browser, key).status == 401


def test_the_mail_is_in_the_persons_language_and_says_nothing_of_them(world: World, browse: Browse) -> None:
    Person.objects.filter(pk=world.id("anna")).update(language="en")
    ask(browse(), ANNA)
    [mail] = letters(ANNA)
    assert mail.subject == text("mail.password_reset.subject", "en")
    for word in ("Anna", "Toneel", "Linde", "Bram"):
        assert word not in mail.plain


def test_a_password_whose_change_cannot_be_logged_is_not_changed(
    browse: Browse, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browse("anna")

    def broken(*_: Any) -> None:
        raise OSError("no room for the log")

    with monkeypatch.context() as patch:
        patch.setattr(writer, "append", broken)
        assert reset(browse(), key).status == 500
    assert browser.ask("GET", "/api/v1/me").status == 200
    assert browse().sign_in("anna", PASSWORD).status == 200
    assert reset(browse(), key).status == 401


def test_the_moments_in_the_outbox_are_those_of_the_asking(world: World, browse: Browse) -> None:
    del world
    before = clock.now()
    ask(browse(), ANNA)
    assert all(before <= row.created_at <= clock.now() for row in OutgoingMail.objects.all())
