"""A new password while signed in: OWN-1 to OWN-5 of `accounts.own_password`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.authenticator import REAUTHENTICATE, authenticate, switch_on
from tests.cast import PASSWORD, address_of
from tests.device import LOCK, PIN, Device
from tests.live import Answer, Browser
from tests.mailbox import letters, newest_secret
from tests.push import Device as PushedDevice
from tests.world import World
from zorgmessenger.accounts import addresses, limits
from zorgmessenger.accounts.models import Person, Session
from zorgmessenger.accounts.sessions import digest
from zorgmessenger.audit import writer
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.notifications.models import Subscription
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
PATH = "/api/v1/me/password"
ALLAUTH = "/_allauth/browser/v1/auth"
NEW = "Kuiltjes-op-12"


def change(browser: Browser, new: str = NEW, present: str = PASSWORD) -> Answer:
    return browser.ask("PUT", PATH, {"present": present, "password": new})


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


def wrong(answer: Answer) -> list[tuple[str, str]]:
    assert answer.status == 422
    assert all(field["text"] for field in answer.body["fields"])
    return [(field["field"], field["code"]) for field in answer.body["fields"]]


def test_the_new_password_opens_the_account_and_the_old_one_does_not(world: World, browse: Browse) -> None:
    browser = browse("anna")
    assert change(browser).status == 200
    assert browser.ask("GET", "/api/v1/me").status == 200
    assert browse().sign_in("anna", PASSWORD).status == 422
    assert browse().sign_in("anna", NEW).status == 200
    entry = AuditEntry.objects.get(tag=Tag.PASSWORD_CHANGED)
    assert (entry.actor, entry.object) == (world.id("anna"), digest(browser.cookie))


def test_own_1_a_wrong_present_password_changes_nothing_and_counts_with_those_asked_again(
    world: World, browse: Browse
) -> None:
    del world
    browser, other = browse("anna"), browse("anna")
    for number in range(limits.SIGN_IN_ADDRESS.times):
        guess = f"Verkeerd-{number}"
        if number % 2:
            assert wrong(change(browser, present=guess)) == [("present", "incorrect_password")]
        else:
            assert told(other.ask("POST", f"{ALLAUTH}/reauthenticate", {"password": guess})) == (
                422,
                "incorrect_password",
            )
    assert told(change(browser)) == (429, "too_many")
    assert told(other.ask("POST", f"{ALLAUTH}/reauthenticate", {"password": PASSWORD})) == (429, "too_many")
    assert browse("anna").ask("GET", "/api/v1/me").status == 200, "the password is the same"
    failed = AuditEntry.objects.filter(tag=Tag.SIGN_IN_FAILED).values_list("reason", flat=True)
    assert sorted(failed) == ["reauthentication"] * limits.SIGN_IN_ADDRESS.times + ["too_many"] * 2


def test_own_1_the_second_factor_is_asked_unless_it_was_given_just_now(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    phone = switch_on(browser)
    assert wrong(change(browser, "Welkom01!")) == [("password", "password_common")], "before a code is asked"
    assert told(change(browser)) == (403, "reauthenticate_code")
    assert told(browser.ask("POST", REAUTHENTICATE, {"code": "000000"})) == (422, "incorrect_code")
    assert told(change(browser)) == (403, "reauthenticate_code")
    assert browser.ask("POST", REAUTHENTICATE, {"code": phone.codes[0]}).status == 200
    assert wrong(change(browser, present="Verkeerd-42")) == [("present", "incorrect_password")], "with a code too"
    assert change(browser).status == 200
    assert told(browse().sign_in("anna", NEW)) == (401, "second_factor_asked"), "it stays on"


def test_own_2_a_new_password_is_judged_as_at_registration_and_is_another_one(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    for password in ("Abcdefg1", "Welkom01!", "Anna-toneel-1", "Linde-2026!"):
        ((field, code),) = wrong(change(browser, password))
        assert (field, code.startswith("password_")) == ("password", True), password
    assert wrong(change(browser, PASSWORD)) == [("password", "password_same")]
    assert wrong(change(browser, "Aa1!" + "x" * 200)) == [("password", "too_long")]
    assert browse("anna").ask("GET", "/api/v1/me").status == 200


def test_own_3_of_six_who_change_it_in_one_moment_one_does(world: World, browse: Browse) -> None:
    del world
    browsers = [browse("anna") for _ in range(6)]
    together = Barrier(6)

    def one(number: int) -> Answer:
        together.wait()
        return change(browsers[number], f"Kuiltjes-op-1{number}")

    with ThreadPoolExecutor(6) as pool:
        statuses = [answer.status for answer in pool.map(one, range(6))]
    assert statuses.count(200) == 1
    assert {*statuses} <= {200, 401, 422}, "too late for the password, or for the session"
    winner = statuses.index(200)
    assert browse().sign_in("anna", f"Kuiltjes-op-1{winner}").status == 200
    assert [browser.ask("GET", "/api/v1/me").status for browser in browsers].count(200) == 1
    assert AuditEntry.objects.filter(tag=Tag.PASSWORD_CHANGED).count() == 1


def test_own_4_all_other_sessions_end_and_this_one_goes_on_by_another_cookie(world: World, browse: Browse) -> None:
    here, others, bram = browse("anna"), [browse("anna") for _ in range(2)], browse("bram")
    before = here.cookie
    with here.socket() as mine, others[0].socket() as theirs, bram.socket() as his:
        assert change(here).status == 200
        assert theirs.close_code() == Close.SIGNED_OUT
        assert mine.close_code() == Close.RESTART
        his.say(type="ping")
        his.hear("pong")
    assert here.cookie not in {"", before}
    assert [browser.ask("GET", "/api/v1/me").status for browser in (here, *others, bram)] == [200, 401, 401, 200]
    with here.socket() as mine:
        assert mine.welcome["type"] == "welcome"
    copied = Browser(here.address)
    assert copied.ask("GET", "/api/v1/me", Cookie=f"session={before}").status == 401
    assert Session.objects.filter(person=world.id("anna")).count() == 1


def test_own_4_the_browser_keeps_its_device_its_lock_and_its_pushes(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    device = Device(browser)
    assert device.set_up(PIN).status == 201
    browser.ask("PUT", "/api/v1/me/push", PushedDevice("https://push.invalid/device").given)
    (before,) = browser.ask("GET", "/api/v1/me/devices").body
    assert change(browser).status == 200
    (after,) = browser.ask("GET", "/api/v1/me/devices").body
    assert (after["id"], after["since"], after["current"]) == (before["id"], before["since"], True)
    assert browser.ask("POST", f"{LOCK}/close").status == 200
    assert told(browser.ask("GET", "/api/v1/me")) == (403, "locked")
    assert device.attempt(PIN).status == 200
    assert Subscription.objects.get().session_id == digest(browser.cookie)


def test_own_4_a_sign_in_that_waits_and_a_key_that_was_mailed_are_dead(world: World, browse: Browse) -> None:
    del world
    here = browse("anna")
    phone = switch_on(here)
    waits = browse()
    assert told(waits.sign_in("anna")) == (401, "second_factor_asked")
    waits.ask("POST", f"{ALLAUTH}/password/request", {"email": address_of("anna")})
    key = newest_secret(address_of("anna"))
    assert here.ask("POST", REAUTHENTICATE, {"code": phone.codes[0]}).status == 200
    assert change(here).status == 200
    assert told(authenticate(waits, phone.code())) == (401, "sign_in_first")
    assert browse().ask("POST", f"{ALLAUTH}/password/reset", {"key": key, "password": "Anders-dan-12"}).status == 422


def test_own_5_every_address_of_the_person_is_told(world: World, browse: Browse) -> None:
    addresses.add_verified(world.id("anna"), "anna@elders.example", primary=False)
    assert change(browse("anna")).status == 200
    for address in (address_of("anna"), "anna@elders.example"):
        mail = letters(address)[-1]
        assert mail.subject == text("mail.own_password_changed.subject")
        assert NEW not in mail.plain + mail.html


def test_own_5_what_cannot_be_logged_is_not_changed(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    here, other = browse("anna"), browse("anna")
    before = here.cookie

    def broken(*_: Any) -> None:
        raise OSError("no room for the log")

    with monkeypatch.context() as patch:
        patch.setattr(writer, "append", broken)
        assert change(here).status == 500
    assert here.cookie == before
    assert [browser.ask("GET", "/api/v1/me").status for browser in (here, other)] == [200, 200]
    assert browse().sign_in("anna", PASSWORD).status == 200


def test_who_signs_in_through_an_organisation_has_none_to_change(world: World, browse: Browse) -> None:
    browser = browse("bram")
    Person.objects.filter(pk=world.id("bram")).update(sign_on=world.organisation)
    assert told(change(browser)) == (403, "sign_on_instead")


def test_without_the_csrf_token_nothing_changes(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    browser.token = ""
    assert told(change(browser)) == (403, "csrf")
    assert browse("anna").ask("GET", "/api/v1/me").status == 200
