"""One's own devices: which there are, signing them out from elsewhere, and the mail at a new one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import address_of
from tests.later import Clock
from tests.live import Answer, Browser
from tests.mailbox import letters
from tests.world import World
from zorgmessenger.accounts import devices, known_browsers
from zorgmessenger.accounts.models import Device, KnownBrowser, Session
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.realtime.protocol import Close

Browse = Callable[..., Browser]
DEVICES = "/api/v1/me/devices"
NEW = "Ingelogd op een nieuw apparaat"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"


def shown(browser: Browser) -> list[dict[str, Any]]:
    answer = browser.ask("GET", DEVICES)
    assert answer.status == 200, answer
    found: list[dict[str, Any]] = answer.body
    return found


def other(browser: Browser) -> dict[str, Any]:
    (found,) = [device for device in shown(browser) if not device["current"]]
    return found


def logged(world: World, name: str, tag: Tag) -> int:
    return AuditEntry.objects.filter(tag=tag, actor=world.id(name)).count()


def news(name: str) -> int:
    return sum(mail.subject == NEW for mail in letters(address_of(name)))


def test_every_device_of_the_person_is_shown_and_nobody_elses(world: World, browse: Browse) -> None:
    del world
    here, phone = browse("anna"), browse()
    browse("bram")
    body = {"email": address_of("anna"), "password": "Zonnebloem-42"}
    phone.ask("POST", "/_allauth/browser/v1/auth/login", body, **{"User-Agent": IPHONE})
    first, second = shown(here)
    assert (first["current"], second["current"]) == (True, False)
    assert (second["browser"], second["system"], second["kind"]) == ("Safari", "iPhone", "phone")
    assert (second["sameNetwork"], second["country"], second["network"]) == (True, "", "127.0.…")
    assert first["browser"] == "", "Python says nothing that is known"


@pytest.mark.parametrize(
    ("at", "country", "network"),
    [("84.24.117.8", "NL", "84.24.…"), ("2a02:a440:117:8::1", "NL", "2a02:a440:…"), ("10.117.8.1", "", "10.117.…")],
)
def test_another_network_is_told_by_its_country_and_the_first_half_of_its_address(
    world: World, browse: Browse, at: str, country: str, network: str
) -> None:
    del world
    here = browse("anna")
    away = browse()
    body = {"email": address_of("anna"), "password": "Zonnebloem-42"}
    away.ask("POST", "/_allauth/browser/v1/auth/login", body, **{"X-Forwarded-For": at})
    found = other(here)
    assert (found["sameNetwork"], found["country"], found["network"]) == (False, country, network)
    assert at not in str(shown(here))
    assert at.encode() not in b"".join(bytes(row.sealed) for row in Device.objects.all())


def test_a_device_that_is_signed_out_is_closed_at_once_and_gone(world: World, browse: Browse) -> None:
    here, away = browse("anna"), browse("anna")
    with here.socket() as mine, away.socket() as theirs:
        found = other(here)
        assert found["connected"] is True
        assert here.ask("DELETE", f"{DEVICES}/{found['id']}").status == 200
        assert theirs.close_code(within=1) == Close.SIGNED_OUT
        assert mine.silent()
    assert away.ask("GET", "/api/v1/me").status == 401
    with away.bare_socket() as socket:
        assert socket.close_code() == Close.SIGNED_OUT
    assert [device["current"] for device in shown(here)] == [True]
    assert logged(world, "anna", Tag.DEVICE_SIGNED_OUT) == 1


def test_all_others_are_signed_out_in_one_go_and_this_one_stays(world: World, browse: Browse) -> None:
    here, others, bram = browse("anna"), [browse("anna") for _ in range(3)], browse("bram")
    with others[0].socket() as theirs:
        assert here.ask("DELETE", DEVICES).status == 200
        assert theirs.close_code(within=1) == Close.SIGNED_OUT
    assert [browser.ask("GET", "/api/v1/me").status for browser in (here, *others, bram)] == [200, 401, 401, 401, 200]
    assert logged(world, "anna", Tag.DEVICE_SIGNED_OUT) == 3
    assert Session.objects.filter(person=world.id("anna")).count() == 1
    assert Device.objects.filter(session__person=world.id("anna")).count() == 1


def test_nobody_signs_out_another_persons_device(world: World, browse: Browse) -> None:
    del world
    anna, bram = browse("anna"), browse("bram")
    (theirs,) = shown(anna)
    for device in (theirs["id"], uuid4()):
        answer = bram.ask("DELETE", f"{DEVICES}/{device}")
        assert (answer.status, answer.body["code"]) == (404, "not_found")
    assert bram.ask("DELETE", f"{DEVICES}/x").status == 422
    assert anna.ask("GET", "/api/v1/me").status == 200


def test_without_the_csrf_token_nothing_is_signed_out(world: World, browse: Browse) -> None:
    del world
    here, away = browse("anna"), browse("anna")
    for path in (DEVICES, f"{DEVICES}/{other(here)['id']}"):
        assert here.ask("DELETE", path, **{"X-CSRFToken": "x"}).body["code"] == "csrf"
    assert away.ask("GET", "/api/v1/me").status == 200


def test_the_last_use_is_written_at_most_once_in_five_minutes(world: World, browse: Browse, later: Clock) -> None:
    del world
    here, away = browse("anna"), browse("anna")
    before = other(here)["usedAt"]
    later.forward(minutes=4)
    away.ask("GET", "/api/v1/me")
    assert other(here)["usedAt"] == before
    later.forward(minutes=2)
    away.ask("GET", "/api/v1/me")
    assert other(here)["usedAt"] > before


def test_a_socket_that_closes_was_in_use_until_then(world: World, browse: Browse, later: Clock) -> None:
    del world
    here, away = browse("anna"), browse("anna")
    before = other(here)["usedAt"]
    with away.socket():
        later.forward(minutes=30)
    for _ in range(100):
        if other(here)["usedAt"] > before:
            return
    raise AssertionError("it was not noted")


def test_of_many_requests_at_once_one_notes_the_device(world: World, browse: Browse) -> None:
    browser = browse("anna")
    Device.objects.all().delete()
    with ThreadPoolExecutor(8) as pool:
        answers: list[Answer] = list(pool.map(lambda _: browser.ask("GET", "/api/v1/me"), range(8)))
    assert {answer.status for answer in answers} == {200}
    assert Device.objects.filter(session__person=world.id("anna")).count() == 1


def test_what_is_left_of_a_device_that_was_signed_out_meanwhile_is_removed(world: World, browse: Browse) -> None:
    browser = browse("anna")
    Session.objects.filter(person=world.id("anna"))._raw_delete("default")  # noqa: SLF001  (as if it went in between)
    assert Device.objects.count() == 1
    devices.sweep()
    assert Device.objects.count() == 0
    assert not browser.greet()


def test_mail_tells_of_a_browser_that_is_new_and_of_no_other(world: World, browse: Browse) -> None:
    browser = browse("anna")
    assert news("anna") == 0, "the first one is no news"
    browser.ask("DELETE", "/_allauth/browser/v1/auth/session")
    browser.sign_in("anna")
    assert news("anna") == 0, "it is known by its cookie"
    browse("anna")
    assert news("anna") == 1
    assert logged(world, "anna", Tag.NEW_DEVICE) == 1
    mail = next(mail for mail in letters(address_of("anna")) if mail.subject == NEW)
    assert not any(word in mail.plain for word in ("127.0", "Chrome", "Anna", "Toneel"))


def test_one_browser_is_new_to_each_person_who_signs_in_with_it(world: World, browse: Browse) -> None:
    del world
    browse("anna")
    shared = browse("bram")
    shared.ask("DELETE", "/_allauth/browser/v1/auth/session")
    shared.sign_in("anna")
    assert (news("anna"), news("bram")) == (1, 0)
    assert KnownBrowser.objects.values("key").distinct().count() == 3


@pytest.mark.parametrize("said", ["", "x", "x" * 43 + "y", "🙂" * 43, "a" * 4000])
def test_a_cookie_of_no_such_shape_is_replaced(said: str, world: World, browse: Browse) -> None:
    del world
    browser = browse()
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.jar)
    body = {"email": address_of("anna"), "password": "Zonnebloem-42"}
    sent = {"Cookie": f"device={said}; {cookies}".encode().decode("latin-1")}
    answer = browser.ask("POST", "/_allauth/browser/v1/auth/login", body, **sent)
    assert answer.status == 200
    given = next(str(cookie.value) for cookie in browser.jar if cookie.name == "device")
    assert len(given) == 43
    assert given != said


def test_the_cookie_is_no_way_in_and_no_script_reads_it(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    (cookie,) = [cookie for cookie in browser.jar if cookie.name == "device"]
    assert cookie.has_nonstandard_attr("HttpOnly")
    stranger = browse()
    assert stranger.ask("GET", "/api/v1/me", Cookie=f"device={cookie.value}").status == 401
    assert str(cookie.value) not in str(list(KnownBrowser.objects.values()))


def test_only_so_many_browsers_are_remembered(
    world: World, browse: Browse, later: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_browsers, "MOST", 3)
    for _ in range(5):
        later.forward(minutes=1)
        browse("anna")
    assert KnownBrowser.objects.filter(person=world.id("anna")).count() == 3


def test_a_wrong_password_is_no_device(world: World, browse: Browse) -> None:
    del world
    browse("anna")
    browse().sign_in("anna", "Verkeerd-42")
    assert news("anna") == 0
    assert KnownBrowser.objects.count() == 1
