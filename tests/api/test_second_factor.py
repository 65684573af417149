"""The second factor: FAC-1 to FAC-4 of `accounts.second_factor`, and signing in with it."""

from __future__ import annotations

import base64
import http.client
import json
import urllib.parse
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests import authenticator
from tests.authenticator import FACTOR, Phone, authenticate, begin, switch_on
from tests.cast import PASSWORD, address_of
from tests.later import Clock
from tests.live import Answer, Browser
from tests.mailbox import letters, newest_secret
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.accounts import addresses, limits, totp
from zorgmessenger.accounts.models import Attempt, Person, Session
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.realtime.protocol import Close

Browse = Callable[..., Browser]
ALLAUTH = "/_allauth/browser/v1/auth"
WAITS = (401, "second_factor_asked")


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in vars(limits).copy().items():
        if isinstance(limit, limits.Limit):
            monkeypatch.setattr(limits, name, limits.Limit(limit.name, 10**6, limit.minutes))


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


def logged(world: World, name: str, tag: Tag) -> list[str]:
    return list(AuditEntry.objects.filter(tag=tag, actor=world.id(name)).values_list("reason", flat=True))


def pending(browse: Browse, name: str) -> Browser:
    """A browser in which the password was right, and the code is asked."""
    browser = browse()
    assert told(browser.sign_in(name)) == WAITS
    return browser


# Switching on


def test_the_secret_comes_as_text_and_as_a_picture_that_says_the_same(world: World, browse: Browse) -> None:
    del world
    answer = begin(browse("anna"))
    assert answer.status == 200
    secret = answer.body["secret"]
    assert len(base64.b32decode(secret)) == 20
    assert answer.headers["cache-control"] == "no-store"
    address = urllib.parse.urlsplit(totp.address_of(secret, address_of("anna")))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert urllib.parse.parse_qs(address.query)["secret"] == [secret]
    picture = urllib.parse.unquote(answer.body["picture"])
    assert picture == urllib.parse.unquote(totp.picture_of(address.geturl()))
    assert picture.startswith("data:image/svg+xml;")
    assert "<script" not in picture


def test_a_wrong_password_gives_no_secret_and_is_counted(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    for _ in range(limits.SIGN_IN_ADDRESS.times):
        assert told(begin(browser, "Verkeerd-42")) == (422, "incorrect_password")
    assert told(begin(browser)) == (429, "too_many")
    assert told(browser.ask("POST", FACTOR, {"code": "123456"})) == (409, "setup_over")


def test_it_is_on_after_one_right_code_and_not_before(world: World, browse: Browse) -> None:
    browser = browse("anna")
    phone = Phone(begin(browser).body["secret"])
    assert browser.ask("GET", FACTOR).body["on"] is False
    for wrong in ("000000", "x", "🙂🙂🙂🙂🙂🙂", "\x00"):
        assert told(browser.ask("POST", FACTOR, {"code": wrong})) == (422, "incorrect_code")
    assert browse("anna").ask("GET", FACTOR).body["on"] is False, "signing in asks no code yet"
    answer = browser.ask("POST", FACTOR, {"code": f" {phone.code()[:3]} {phone.code()[3:]} "})
    assert answer.status == 200
    assert len(set(answer.body["codes"])) == 10
    state = browser.ask("GET", FACTOR).body
    assert (state["on"], state["codesLeft"]) == (True, 10)
    assert logged(world, "anna", Tag.SECOND_FACTOR_ON) == [""]
    assert letters(address_of("anna"))[-1].subject == "Tweefactorauthenticatie staat aan"


def test_a_set_up_that_was_begun_ends_after_a_quarter_of_an_hour_and_is_of_this_session(
    world: World, browse: Browse, later: Clock
) -> None:
    del world
    browser, other = browse("anna"), browse("anna")
    phone = Phone(begin(browser).body["secret"])
    assert told(other.ask("POST", FACTOR, {"code": phone.code()})) == (409, "setup_over")
    later.forward(minutes=16)
    assert told(browser.ask("POST", FACTOR, {"code": phone.code()})) == (409, "setup_over")


def test_who_begins_again_goes_on_with_the_secret_that_their_app_has(
    world: World, browse: Browse, later: Clock
) -> None:
    """The app locks while its person is in the one that makes codes, and they have to begin again."""
    del world
    browser, other = browse("anna"), browse("anna")
    phone = Phone(begin(browser).body["secret"])
    assert begin(browser).body["secret"] == phone.secret
    assert begin(other).body["secret"] != phone.secret, "it is of one session"
    later.forward(minutes=14)
    assert begin(browser).body["secret"] == phone.secret
    assert browser.ask("POST", FACTOR, {"code": phone.code()}).status == 200
    both = {"password": PASSWORD, "code": phone.code(1)}
    assert browser.ask("POST", f"{FACTOR}/off", both).status == 200
    anew = begin(browser).body["secret"]
    assert anew != phone.secret, "what was on once is not offered again"
    later.forward(minutes=16)
    assert begin(browser).body["secret"] != anew, "nor what was begun too long ago"


def test_it_is_switched_on_once(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    phone = switch_on(browser)
    assert told(begin(browser)) == (409, "second_factor_on")
    assert told(browser.ask("POST", FACTOR, {"code": phone.code()})) == (409, "second_factor_on")


@pytest.mark.usefixtures("unlimited")
def test_of_ten_who_switch_it_on_in_one_moment_one_gets_the_codes(world: World, browse: Browse) -> None:
    """In one browser, with one secret: two sets of recovery codes would leave the person with the wrong one."""
    browser = browse("anna")
    phone, together = Phone(begin(browser).body["secret"]), Barrier(10)

    def one(_: int) -> Answer:
        together.wait()
        return browser.ask("POST", FACTOR, {"code": phone.code()})

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(one, range(10)))
    assert [answer.status for answer in answers].count(200) == 1
    assert {told(answer) for answer in answers} <= {(200, ""), (409, "second_factor_on"), (409, "setup_over")}
    assert logged(world, "anna", Tag.SECOND_FACTOR_ON) == [""]
    (phone.codes,) = [answer.body["codes"] for answer in answers if answer.status == 200]
    assert authenticate(pending(browse, "anna"), phone.codes[0]).status == 200


def test_the_persons_other_devices_are_signed_out_and_this_one_stays(world: World, browse: Browse) -> None:
    del world
    here, elsewhere = browse("anna"), browse("anna")
    with here.socket() as mine, elsewhere.socket() as theirs:
        switch_on(here)
        assert mine.close_code() == theirs.close_code() == Close.RESTART
    assert here.ask("GET", "/api/v1/me").status == 200
    assert elsewhere.ask("GET", "/api/v1/me").status == 401
    with elsewhere.bare_socket() as socket:
        assert socket.close_code() == Close.SIGNED_OUT


# Signing in


def test_signing_in_asks_password_and_then_a_code(world: World, browse: Browse) -> None:
    phone = switch_on(browse("anna"))
    browser = pending(browse, "anna")
    assert authenticate(browser, phone.code()).status == 200
    assert browser.ask("GET", "/api/v1/me").status == 200
    assert logged(world, "anna", Tag.SECOND_FACTOR_USED) == [""]


def test_between_the_steps_nothing_is_given_by_any_door(world: World, browse: Browse) -> None:
    switch_on(browse("anna"))
    browser = pending(browse, "anna")
    conversation = world.conversations["bram", "anna"]
    for method, path in (
        ("GET", "/api/v1/me"),
        ("GET", FACTOR),
        ("GET", f"/api/v1/conversations/{conversation}/messages"),
        ("POST", f"{FACTOR}/setup"),
        ("POST", f"{ALLAUTH}/reauthenticate"),
        ("POST", authenticator.REAUTHENTICATE),
    ):
        body = None if method == "GET" else {"password": PASSWORD, "code": "x"}
        assert browser.ask(method, path, body).status == 401, path
    session = browser.ask("GET", f"{ALLAUTH}/session")
    assert told(session) == WAITS
    assert address_of("anna").encode() not in session.raw
    with browser.bare_socket() as socket:
        assert socket.close_code() == Close.SIGNED_OUT
    assert not browser.greet()


def test_the_session_id_is_a_new_one_after_the_password_and_after_the_code(world: World, browse: Browse) -> None:
    del world
    phone = switch_on(browse("anna"))
    browser = pending(browse, "anna")
    first = browser.cookie
    browser.sign_in("anna")
    second = browser.cookie
    authenticate(browser, phone.code())
    assert len({first, second, browser.cookie}) == 3
    stranger = Browser(browser.address)
    for cookie in (first, second):
        assert stranger.ask("GET", "/api/v1/me", Cookie=f"session={cookie}").status == 401


def test_a_code_without_a_password_before_it_does_nothing(world: World, browse: Browse) -> None:
    del world
    phone = switch_on(browse("anna"))
    assert told(authenticate(browse(), phone.code())) == (401, "sign_in_first")


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_one_step_off(steps: int, world: World, browse: Browse, later: Clock) -> None:
    del world
    phone = switch_on(browse("anna"))
    later.forward(minutes=5)
    assert authenticate(pending(browse, "anna"), phone.code(steps)).status == 200


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_clock_may_not_be_two_steps_off(steps: int, world: World, browse: Browse, later: Clock) -> None:
    del world
    phone = switch_on(browse("anna"))
    later.forward(minutes=5)
    assert told(authenticate(pending(browse, "anna"), phone.code(steps))) == (422, "incorrect_code")


def test_fac_1_a_code_that_was_used_is_not_accepted_again_nor_an_older_one(
    world: World, browse: Browse, later: Clock
) -> None:
    phone = switch_on(browse("anna"))
    later.forward(minutes=5)
    code, older = phone.code(), phone.code(-1)
    assert authenticate(pending(browse, "anna"), code).status == 200
    for again in (code, older):
        assert told(authenticate(pending(browse, "anna"), again)) == (422, "incorrect_code")
    assert logged(world, "anna", Tag.SECOND_FACTOR_FAILED) == ["incorrect_code"] * 2


def test_the_code_that_switched_it_on_is_used_too(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    phone = Phone(begin(browser).body["secret"])
    code = phone.code()
    browser.ask("POST", FACTOR, {"code": code})
    assert told(authenticate(pending(browse, "anna"), code)) == (422, "incorrect_code")


@pytest.mark.parametrize("kind", ["code", "recovery code"])
@pytest.mark.usefixtures("unlimited")
def test_fac_1_of_twenty_who_use_a_code_in_one_moment_one_gets_in(kind: str, world: World, browse: Browse) -> None:
    del world
    phone = switch_on(browse("anna"))
    code = phone.code() if kind == "code" else phone.codes[3]
    browsers = [pending(browse, "anna") for _ in range(20)]
    together = Barrier(20)

    def one(browser: Browser) -> Answer:
        together.wait()
        return browser.ask("POST", authenticator.AUTHENTICATE, {"code": code})

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(one, browsers))
    assert sorted(map(told, answers)) == [(200, ""), *[(422, "incorrect_code")] * 19]
    assert sum(browser.ask("GET", "/api/v1/me").status == 200 for browser in browsers) == 1


def test_a_recovery_code_works_once_however_it_is_written_and_is_told_by_mail(world: World, browse: Browse) -> None:
    browser = browse("anna")
    phone = switch_on(browser)
    spellings = [phone.codes[0], phone.codes[1].upper(), phone.codes[2].replace("-", " "), f" {phone.codes[3]} "]
    for code in spellings:
        assert authenticate(pending(browse, "anna"), code).status == 200
        assert told(authenticate(pending(browse, "anna"), code)) == (422, "incorrect_code")
    assert browser.ask("GET", FACTOR).body["codesLeft"] == 6
    assert len(logged(world, "anna", Tag.RECOVERY_CODE_USED)) == 4
    sent = [mail for mail in letters(address_of("anna")) if mail.subject == "Er is een herstelcode gebruikt"]
    assert len(sent) == 4
    assert not any(code in mail.plain + mail.html for mail in sent for code in phone.codes)


def test_a_password_that_is_changed_between_the_steps_ends_the_sign_in(world: World, browse: Browse) -> None:
    phone = switch_on(browse("anna"))
    browser = pending(browse, "anna")
    person = Person.objects.get(pk=world.id("anna"))
    person.set_password("Kuiltjes-op-12")
    person.save()
    assert told(authenticate(browser, phone.code())) == (401, "sign_in_first")
    assert logged(world, "anna", Tag.SECOND_FACTOR_USED) == []


def test_a_closed_account_gets_no_further_than_the_password(world: World, browse: Browse) -> None:
    phone = switch_on(browse("anna"))
    browser = pending(browse, "anna")
    Person.objects.filter(pk=world.id("anna")).update(is_active=False)
    assert told(authenticate(browser, phone.code())) == (401, "sign_in_first")


def test_a_new_password_by_mail_keeps_the_second_factor(world: World, browse: Browse) -> None:
    del world
    phone = switch_on(browse("anna"))
    browser = browse()
    browser.ask("POST", f"{ALLAUTH}/password/request", {"email": address_of("anna")})
    body = {"key": newest_secret(address_of("anna")), "password": "Kuiltjes-op-12"}
    assert browser.ask("POST", f"{ALLAUTH}/password/reset", body).status == 401
    assert not browser.greet()
    assert told(browser.sign_in("anna", "Kuiltjes-op-12")) == WAITS
    assert authenticate(browser, phone.code()).status == 200


# Limits


@pytest.mark.parametrize("guess", ["000000", "aaaaa-aaaaa"])
def test_fac_2_of_thirty_guesses_in_one_moment_ten_are_compared(guess: str, world: World, browse: Browse) -> None:
    phone = switch_on(browse("anna"))
    browsers = [pending(browse, "anna") for _ in range(30)]
    together = Barrier(30)

    def one(browser: Browser) -> Answer:
        together.wait()
        return browser.ask("POST", authenticator.AUTHENTICATE, {"code": guess})

    with ThreadPoolExecutor(30) as pool:
        answers = [told(answer) for answer in pool.map(one, browsers)]
    assert answers.count((422, "incorrect_code")) == limits.SECOND_FACTOR_NETWORK.times == 10
    assert answers.count((429, "too_many")) == 20
    assert told(authenticate(browsers[0], phone.code())) == (429, "too_many"), "the right one comes too late"
    assert sorted(logged(world, "anna", Tag.SECOND_FACTOR_FAILED)) == ["incorrect_code"] * 10 + ["too_many"] * 21


def test_fac_2_one_sign_in_that_waits_has_ten_guesses_from_all_networks_together(world: World, browse: Browse) -> None:
    del world
    phone = switch_on(browse("anna"))
    browser = pending(browse, "anna")
    for number in range(10):
        assert told(_from(f"127.0.1.{number + 1}", browser, "000000")) == (422, "incorrect_code")
    assert told(_from("127.0.1.99", browser, phone.code())) == (429, "too_many")
    assert authenticate(pending(browse, "anna"), phone.code()).status == 200, "another sign-in does not suffer"


def test_fac_2_guesses_from_elsewhere_keep_nobody_out(world: World, browse: Browse, later: Clock) -> None:
    del world
    browser = browse("anna")
    phone = switch_on(browser)
    for _ in range(3):
        guessing = pending(browse, "anna")
        for _ in range(5):
            _from("127.0.1.1", guessing, "000000")
    assert told(_from("127.0.1.1", pending(browse, "anna"), phone.code())) == (429, "too_many")
    assert browser.ask("GET", "/api/v1/me").status == 200
    assert authenticate(pending(browse, "anna"), phone.code()).status == 200
    later.forward(minutes=16)
    assert _from("127.0.1.1", pending(browse, "anna"), phone.code()).status == 200, "the limit ends"


def test_fac_2_who_guesses_from_everywhere_has_a_hundred_codes_a_day_and_a_recovery_code_still_works(
    world: World, browse: Browse
) -> None:
    phone = switch_on(browse("anna"))
    for _ in range(limits.SECOND_FACTOR_DAY.times):
        limits.check(limits.SECOND_FACTOR_DAY, str(world.id("anna")))
    browser = pending(browse, "anna")
    assert told(authenticate(browser, phone.code())) == (429, "too_many")
    assert authenticate(browser, phone.codes[0]).status == 200
    assert authenticate(pending(browse, "anna"), phone.code()).status == 200, "and starts the count anew"


def test_fac_2_what_cannot_be_counted_is_not_compared(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fail closed."""
    del world
    phone = switch_on(browse("anna"))
    browser = pending(browse, "anna")

    def broken(*_: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(limits, "check", broken)
        assert browser.ask("POST", authenticator.AUTHENTICATE, {"code": phone.code()}).status == 500
    assert browser.ask("GET", "/api/v1/me").status == 401


# Switching off, new codes


@pytest.mark.parametrize("what", ["off", "codes"])
def test_it_takes_password_and_code(what: str, world: World, browse: Browse) -> None:
    browser = browse("anna")
    phone = switch_on(browser)
    path = f"{FACTOR}/{what}"
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"password": "Verkeerd-42", "code": phone.code()}, "incorrect_password"),
        ({"password": PASSWORD, "code": "000000"}, "incorrect_code"),
        ({"password": PASSWORD}, "invalid"),
        ({"code": phone.code()}, "invalid"),
    ]
    for body, code in wrong:
        assert told(browser.ask("POST", path, body)) == (422, code)
    assert browser.ask("GET", FACTOR).body["on"] is True
    assert browser.ask("POST", path, {"password": PASSWORD, "code": phone.code()}).status == 200
    assert len(logged(world, "anna", Tag.SECOND_FACTOR_USED)) == 1


def test_after_switching_off_the_password_is_enough_and_it_was_told(world: World, browse: Browse) -> None:
    browser, other = browse("anna"), browse()
    phone = switch_on(browser)
    other.sign_in("anna")
    authenticate(other, phone.code())
    assert browser.ask("POST", f"{FACTOR}/off", {"password": PASSWORD, "code": phone.codes[0]}).status == 200
    off = {"on": False, "since": None, "passkeys": 0, "codesLeft": 0, "required": False}
    assert browser.ask("GET", FACTOR).body == off
    assert other.ask("GET", "/api/v1/me").status == 401
    assert browse("anna").ask("GET", "/api/v1/me").status == 200
    assert not Authenticator.objects.exists()
    assert logged(world, "anna", Tag.SECOND_FACTOR_OFF) == [""]
    subjects = [mail.subject for mail in letters(address_of("anna"))]
    assert subjects[-2:] == ["Tweefactorauthenticatie staat uit", "Ingelogd op een nieuw apparaat"]


def test_what_is_not_on_is_not_switched_off(world: World, browse: Browse) -> None:
    del world
    for what in ("off", "codes"):
        body = {"password": PASSWORD, "code": "123456"}
        assert told(browse("anna").ask("POST", f"{FACTOR}/{what}", body)) == (422, "incorrect_code")


def test_new_recovery_codes_make_the_old_ones_void(world: World, browse: Browse) -> None:
    browser = browse("anna")
    phone = switch_on(browser)
    body = {"password": PASSWORD, "code": phone.codes[0]}
    fresh = browser.ask("POST", f"{FACTOR}/codes", body).body["codes"]
    assert len({*fresh, *phone.codes}) == 20
    assert told(authenticate(pending(browse, "anna"), phone.codes[1])) == (422, "incorrect_code")
    assert authenticate(pending(browse, "anna"), fresh[0]).status == 200
    assert browser.ask("GET", FACTOR).body["codesLeft"] == 9
    assert logged(world, "anna", Tag.RECOVERY_CODES_RENEWED) == [""]


def test_every_address_of_the_person_is_told(world: World, browse: Browse) -> None:
    addresses.add_verified(world.id("anna"), "tweede@voorbeeld.example", primary=False)
    switch_on(browse("anna"))
    assert letters("tweede@voorbeeld.example")[-1].subject == "Tweefactorauthenticatie staat aan"


# At rest


def test_a_secret_moved_to_another_person_opens_nothing(world: World, browse: Browse) -> None:
    anna, dora = switch_on(browse("anna")), switch_on(browse("dora"))
    row = Authenticator.objects.get(user_id=world.id("dora"), type="totp")
    Authenticator.objects.filter(user_id=world.id("anna"), type="totp").update(data=row.data)
    for phone in (anna, dora):
        assert authenticate(pending(browse, "anna"), phone.code()).status == 500
    assert Session.objects.filter(person=world.id("anna")).count() == 1, "the one that switched it on"


def test_neither_secret_nor_codes_can_be_read_in_the_database(world: World, browse: Browse) -> None:
    del world
    phone = switch_on(browse("anna"))
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert len(kept) > 500
    for secret in (phone.secret, *phone.codes, *(code.replace("-", "") for code in phone.codes)):
        assert secret not in kept
    assert all(len(attempt.key) == 64 for attempt in Attempt.objects.all())


# Asking again


def test_linking_an_invitation_asks_a_recent_code_as_well_as_the_password(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch, later: Clock
) -> None:
    del world
    browser, carla = browse("anna"), browse("carla")
    phone = switch_on(browser)
    names = {"firstName": "Anna", "lastName": "Visser"}
    carla.ask("POST", "/api/v1/invitations", {**names, "email": "anna@elders.example"})
    body = {"token": newest_secret("anna@elders.example")}
    assert told(browser.ask("POST", "/api/v1/invitations/link", body)) == (403, "reauthenticate_code")
    monkeypatch.setattr("time.time", lambda: clock.now().timestamp())
    later.forward(minutes=6)
    assert told(browser.ask("POST", "/api/v1/invitations/link", body)) == (403, "reauthenticate")
    assert browser.ask("POST", f"{ALLAUTH}/reauthenticate", {"password": PASSWORD}).status == 200
    assert told(browser.ask("POST", "/api/v1/invitations/link", body)) == (403, "reauthenticate_code")
    wrong = browser.ask("POST", authenticator.REAUTHENTICATE, {"code": "000000"})
    assert told(wrong) == (422, "incorrect_code")
    assert browser.ask("POST", authenticator.REAUTHENTICATE, {"code": phone.code()}).status == 200
    assert browser.ask("POST", "/api/v1/invitations/link", body).status == 200


def test_who_just_signed_in_with_both_is_not_asked_again(world: World, browse: Browse) -> None:
    del world
    phone = switch_on(browse("anna"))
    browser, carla = pending(browse, "anna"), browse("carla")
    authenticate(browser, phone.code())
    names = {"firstName": "Anna", "lastName": "Visser"}
    carla.ask("POST", "/api/v1/invitations", {**names, "email": "anna@elders.example"})
    body = {"token": newest_secret("anna@elders.example")}
    assert browser.ask("POST", "/api/v1/invitations/link", body).status == 200


def _from(network: str, browser: Browser, code: str) -> Answer:
    """Tries a code from another network address, with this browser's cookies."""
    host = urllib.parse.urlsplit(browser.address)
    connection = http.client.HTTPConnection(host.hostname or "", host.port, source_address=(network, 0), timeout=30)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.jar)
    headers = {"Content-Type": "application/json", "X-CSRFToken": browser.token, "Cookie": cookies}
    connection.request("POST", authenticator.AUTHENTICATE, f'{{"code": "{code}"}}', headers)
    response = connection.getresponse()
    body = json.loads(response.read())
    connection.close()
    return Answer(response.status, body, {})
