"""Passkeys: WEB-1 to WEB-3 of `accounts.webauthn`, KEY-1 to KEY-3 of `accounts.passkeys`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES384
from fido2.utils import websafe_decode, websafe_encode

from tests.authenticator import FACTOR, authenticate, switch_on
from tests.cast import PASSWORD, address_of
from tests.later import Clock
from tests.live import Answer, Browser
from tests.mailbox import letters
from tests.passkeys import CHALLENGE, PASSKEYS, PRESENT, PROVE, SIGN_IN, VERIFIED, Passkey, added, asked, sign_in
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.accounts import challenges, limits, webauthn
from zorgmessenger.accounts.models import PasskeyChallenge, Person
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.config.settings import Settings
from zorgmessenger.organisations import second_factor_policy as policies
from zorgmessenger.organisations.second_factor_policy import Policy
from zorgmessenger.realtime.protocol import Close

Browse = Callable[..., Browser]
ALLAUTH = "/_allauth/browser/v1/auth"
REFUSED = (422, "passkey_refused")
WAITS = (401, "second_factor_asked")


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


def logged(world: World, name: str, tag: Tag) -> int:
    return AuditEntry.objects.filter(tag=tag, actor=world.id(name)).count()


def subjects(name: str) -> list[str]:
    return [mail.subject for mail in letters(address_of(name))]


def pending(browse: Browse, name: str) -> Browser:
    """A browser in which the password was right, and more is asked."""
    browser = browse()
    assert told(browser.sign_in(name)) == WAITS
    return browser


# Adding


def test_a_first_passkey_comes_with_recovery_codes_mail_and_the_end_of_other_sessions(
    world: World, browse: Browse
) -> None:
    here, elsewhere = browse("anna"), browse("anna")
    with elsewhere.socket() as socket:
        _, codes = added(here)
        assert socket.close_code() == Close.RESTART
    assert len(set(codes)) == 10
    assert elsewhere.ask("GET", "/api/v1/me").status == 401
    (shown,) = here.ask("GET", PASSKEYS).body
    assert (shown["name"], shown["usedAt"]) == ("Sleutel", None)
    assert "Er is een passkey toegevoegd" in subjects("anna")
    assert logged(world, "anna", Tag.PASSKEY_ADDED) == 1
    assert here.ask("GET", FACTOR).body == {
        "on": False,
        "since": None,
        "passkeys": 1,
        "codesLeft": 10,
        "required": False,
    }


def test_a_second_one_comes_without(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    added(browser)
    _, codes = added(browser)
    assert codes == []
    assert len(browser.ask("GET", PASSKEYS).body) == 2


def test_who_has_codes_of_an_app_keeps_the_recovery_codes_they_have(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    phone = switch_on(browser)
    assert browser.ask("POST", f"{ALLAUTH}/2fa/reauthenticate", {"code": phone.codes[0]}).status == 200
    _, codes = added(browser)
    assert codes == []
    assert authenticate(pending(browse, "anna"), phone.codes[1]).status == 200


def test_and_the_other_way_round(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    _, codes = added(browser)
    phone = switch_on(browser)
    assert phone.codes == []
    assert authenticate(pending(browse, "anna"), codes[0]).status == 200


def test_adding_asks_for_a_sign_in_of_the_last_five_minutes(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    browser = browse("anna")
    options = browser.ask("POST", f"{PASSKEYS}/challenge").body
    monkeypatch.setattr("django.conf.settings.ACCOUNT_REAUTHENTICATION_TIMEOUT", 0)
    assert told(browser.ask("POST", f"{PASSKEYS}/challenge")) == (403, "reauthenticate")
    assert told(browser.ask("POST", PASSKEYS, Passkey().make(options))) == (403, "reauthenticate")


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://127.0.0.1:9"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
        {"origin": "https://evil.example"},
        {"party": "evil.example"},
        {"cross_origin": True},
        {"flags": PRESENT},
        {"flags": VERIFIED},
        {"key": ec.generate_private_key(ec.SECP384R1()), "kind": ES384},
    ],
    ids=["port", "longer", "origin", "party", "framed", "not verified", "nobody there", "algorithm"],
)
def test_web_1_one_that_was_made_otherwise_is_not_kept(wrong: dict[str, Any], world: World, browse: Browse) -> None:
    browser = browse("anna")
    options = browser.ask("POST", f"{PASSKEYS}/challenge").body
    assert told(browser.ask("POST", PASSKEYS, Passkey(**wrong).make(options))) == REFUSED
    assert browser.ask("GET", PASSKEYS).body == []
    assert logged(world, "anna", Tag.SECOND_FACTOR_FAILED) == 1


def test_an_answer_to_another_question_is_not_kept(world: World, browse: Browse) -> None:
    del world
    browser, other = browse("anna"), browse("bram")
    own = browser.ask("POST", f"{PASSKEYS}/challenge").body
    theirs = other.ask("POST", f"{PASSKEYS}/challenge").body
    assert told(browser.ask("POST", PASSKEYS, Passkey().make(theirs))) == REFUSED
    assert told(browser.ask("POST", PASSKEYS, Passkey().make({**own, **asked(browser)}))) == REFUSED
    assert told(browser.ask("POST", PASSKEYS, Passkey().make(own, kind="webauthn.get"))) == REFUSED
    assert told(browser.ask("POST", PASSKEYS, Passkey().make(own))) == REFUSED, "it is used up by the wrong answer"


def test_a_passkey_is_kept_once_and_not_without_end(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    browser = browse("anna")
    passkey, _ = added(browser)
    options = browser.ask("POST", f"{PASSKEYS}/challenge").body
    assert [one["id"] for one in options["excludeCredentials"]] == [websafe_encode(passkey.credential)]
    assert told(browser.ask("POST", PASSKEYS, passkey.make(options))) == REFUSED
    monkeypatch.setattr("zorgmessenger.accounts.passkeys.MOST", 1)
    assert told(browser.ask("POST", f"{PASSKEYS}/challenge")) == (409, "too_many_passkeys")


def test_what_is_kept_is_sealed(world: World, browse: Browse) -> None:
    passkey, _ = added(browse("anna"))
    row = Authenticator.objects.get(user_id=world.id("anna"), type=Authenticator.Type.WEBAUTHN)
    assert row.data.keys() == {"id", "sealed", "count"}
    assert "Sleutel" not in str(row.data)
    assert websafe_encode(passkey.credential) not in str(row.data)


# Signing in


def test_a_passkey_signs_in_by_itself(world: World, browse: Browse) -> None:
    passkey, _ = added(browse("anna"))
    browser = browse()
    options = asked(browser)
    assert options["rpId"] == "127.0.0.1"
    assert options["userVerification"] == "required"
    assert not options.get("allowCredentials"), "nobody's are named"
    before = browser.cookie
    assert browser.ask("POST", SIGN_IN, passkey.use(options)).status == 200
    assert browser.greet()
    assert browser.cookie != before
    assert browser.ask("GET", "/api/v1/me").body["id"] == str(world.id("anna"))
    assert logged(world, "anna", Tag.PASSKEY_USED) == 1
    cookie = next(cookie for cookie in browser.jar if cookie.name == "session")
    assert cookie.expires is not None
    assert cookie.expires - clock.now().timestamp() > 13 * 24 * 3600, "it lasts like any sign-in"


def test_a_passkey_is_the_second_step_after_the_password(world: World, browse: Browse) -> None:
    passkey, _ = added(browse("anna"))
    browser = pending(browse, "anna")
    assert browser.ask("GET", "/api/v1/session").body["waiting"] == {"code": False, "passkey": True}
    assert browser.ask("GET", "/api/v1/me").status == 401
    assert sign_in(browser, passkey).status == 200
    assert browser.ask("GET", "/api/v1/me").body["id"] == str(world.id("anna"))
    assert browser.ask("GET", "/api/v1/session").body["waiting"] is None


def test_a_recovery_code_works_where_there_is_only_a_passkey_and_a_code_of_an_app_does_not(
    world: World, browse: Browse
) -> None:
    del world
    _, codes = added(browse("anna"))
    assert told(authenticate(pending(browse, "anna"), "123456")) == (422, "incorrect_code")
    assert authenticate(pending(browse, "anna"), codes[0]).status == 200


def test_key_1_another_persons_passkey_is_no_second_step_nor_a_proof(world: World, browse: Browse) -> None:
    here = browse("anna")
    own, _ = added(here)
    theirs, _ = added(browse("bram"))
    waiting = pending(browse, "anna")
    for wrong in (theirs, replace(theirs, handle=own.handle), replace(own, handle=theirs.handle)):
        assert told(waiting.ask("POST", SIGN_IN, wrong.use(asked(waiting)))) == REFUSED
        assert told(here.ask("POST", PROVE, wrong.use(asked(here)))) == REFUSED
    assert waiting.ask("GET", "/api/v1/me").status == 401
    assert logged(world, "anna", Tag.SECOND_FACTOR_FAILED) == 6
    assert sign_in(waiting, own).status == 200


def test_web_2_what_is_wrong_is_answered_alike(world: World, browse: Browse) -> None:
    """Whether there is such a passkey, such a person, or neither."""
    own, _ = added(browse("anna"))
    nobody = Passkey(handle=world.id("joris").bytes)
    wrongs = [
        nobody,
        replace(nobody, handle=b"x" * 16),
        replace(nobody, handle=own.handle),
        replace(own, handle=b"short"),
        replace(own, key=ec.generate_private_key(ec.SECP256R1())),
        replace(own, origin="https://evil.example"),
        replace(own, party="evil.example"),
        replace(own, cross_origin=True),
        replace(own, flags=PRESENT),
        replace(own, flags=VERIFIED),
    ]
    answers = set()
    for wrong in wrongs:
        browser = browse()
        answers.add(browser.ask("POST", SIGN_IN, wrong.use(asked(browser))).raw)
        assert browser.ask("GET", "/api/v1/me").status == 401
    browser = browse()
    answers.add(browser.ask("POST", SIGN_IN, own.use(asked(browser), kind="webauthn.create")).raw)
    answers.add(browser.ask("POST", SIGN_IN, own.use({"challenge": "AAAA"})).raw)
    assert len(answers) == 1


@pytest.mark.parametrize("part", ["signature", "authenticatorData", "clientData"])
def test_web_1_a_bit_that_is_altered_is_refused(part: str, world: World, browse: Browse) -> None:
    del world
    own, _ = added(browse("anna"))
    for place in (0, 5, -1):
        browser = browse()
        body = own.use(asked(browser))
        raw = bytearray(websafe_decode(body[part]))
        raw[place] ^= 1
        assert told(browser.ask("POST", SIGN_IN, {**body, part: websafe_encode(bytes(raw))})) == REFUSED
        assert browser.ask("GET", "/api/v1/me").status == 401


def test_a_challenge_is_good_once_and_in_its_own_session_for_five_minutes(
    world: World, browse: Browse, later: Clock
) -> None:
    del world
    own, _ = added(browse("anna"))
    first, second = browse(), browse()
    body = own.use(asked(first))
    asked(second)
    assert told(second.ask("POST", SIGN_IN, body)) == REFUSED, "of another session"
    assert first.ask("POST", SIGN_IN, body).status == 200
    first.greet()
    first.ask("DELETE", f"{ALLAUTH}/session")
    first.greet()
    assert told(first.ask("POST", SIGN_IN, body)) == REFUSED, "used"
    late = own.use(asked(second))
    later.forward(minutes=6)
    assert told(second.ask("POST", SIGN_IN, late)) == REFUSED, "over"
    challenges.sweep()
    assert not PasskeyChallenge.objects.exists()


@pytest.mark.parametrize("step", ["alone", "second step"])
def test_of_twenty_who_use_one_answer_in_one_moment_one_gets_in(step: str, world: World, browse: Browse) -> None:
    own, _ = added(browse("anna"))
    browser = browse() if step == "alone" else pending(browse, "anna")
    body, together = own.use(asked(browser)), Barrier(20)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.jar)

    def one(_: int) -> Answer:
        alone = Browser(browser.address)
        alone.token = browser.token
        together.wait()
        return alone.ask("POST", SIGN_IN, body, Cookie=cookies)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(one, range(20)))
    assert [answer.status for answer in answers].count(200) == 1
    assert {answer.status for answer in answers} <= {200, 400, 401, 403, 422}
    assert logged(world, "anna", Tag.PASSKEY_USED) == 1


def test_key_2_a_count_that_goes_back_or_stays_is_a_copys(world: World, browse: Browse) -> None:
    del world
    own, _ = added(browse("anna"))
    for count, fits in ((5, True), (5, False), (4, False), (0, False), (6, True)):
        own.count = count
        browser = browse()
        assert (sign_in(browser, own).status == 200) is fits, count


def test_an_authenticator_that_does_not_count_says_nought_each_time(world: World, browse: Browse) -> None:
    del world
    own, _ = added(browse("anna"))
    for _ in range(3):
        assert sign_in(browse(), own).status == 200


def test_who_is_closed_or_signed_in_already_gets_no_further(world: World, browse: Browse) -> None:
    here = browse("anna")
    own, _ = added(here)
    assert told(here.ask("POST", SIGN_IN, own.use(asked(here)))) == (409, "conflict")
    Person.objects.filter(pk=world.id("anna")).update(is_active=False)
    assert told(sign_in(browse(), own)) == REFUSED


def test_a_password_that_is_changed_between_the_steps_ends_the_sign_in(world: World, browse: Browse) -> None:
    own, _ = added(browse("anna"))
    browser = pending(browse, "anna")
    person = Person.objects.get(pk=world.id("anna"))
    person.set_password("Kuiltjes-op-12")
    person.save()
    assert told(browser.ask("POST", SIGN_IN, own.use(asked(browser)))) == (401, "sign_in_first")


def test_a_passkey_proves_once_more_who_one_is(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the password: an authenticator has verified who holds it."""
    del world
    own, _ = added(browse("anna"))
    browser = pending(browse, "anna")
    sign_in(browser, own)
    assert browser.ask("POST", f"{PASSKEYS}/challenge").status == 200
    monkeypatch.setattr("django.conf.settings.ACCOUNT_REAUTHENTICATION_TIMEOUT", 0)
    assert told(browser.ask("POST", f"{PASSKEYS}/challenge")) == (403, "reauthenticate")
    monkeypatch.undo()
    assert browser.ask("POST", PROVE, own.use(asked(browser))).status == 200
    assert browser.ask("POST", f"{PASSKEYS}/challenge").status == 200


def test_who_has_a_passkey_gets_new_recovery_codes_by_it(world: World, browse: Browse) -> None:
    here = browse("anna")
    own, before = added(here)
    there = pending(browse, "anna")
    authenticate(there, before[0])
    assert told(there.ask("POST", f"{PASSKEYS}/codes")) == (403, "reauthenticate_passkey")
    there.ask("POST", PROVE, own.use(asked(there)))
    answer = there.ask("POST", f"{PASSKEYS}/codes")
    assert len({*answer.body["codes"], *before}) == 20
    assert told(authenticate(pending(browse, "anna"), before[1])) == (422, "incorrect_code")
    assert authenticate(pending(browse, "anna"), answer.body["codes"][0]).status == 200
    assert logged(world, "anna", Tag.RECOVERY_CODES_RENEWED) == 1


@pytest.mark.parametrize("steps", [1, 2])
def test_a_sign_in_after_a_challenge_that_was_not_used_lasts_like_any(steps: int, world: World, browse: Browse) -> None:
    del world
    phone = switch_on(browse("anna")) if steps > 1 else None
    browser = browse()
    asked(browser)
    browser.sign_in("anna")
    if phone:
        assert authenticate(browser, phone.code()).status == 200
    cookie = next(cookie for cookie in browser.jar if cookie.name == "session")
    assert cookie.expires is not None
    assert cookie.expires - clock.now().timestamp() > 13 * 24 * 3600


def test_challenges_are_counted_by_network(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    del world
    monkeypatch.setattr(limits, "PASSKEY_NETWORK", limits.Limit("passkey_network", 2, 15))
    browser = browse()
    assert [browser.ask("POST", CHALLENGE).status for _ in range(3)] == [200, 200, 429]


# Removing


def test_a_passkey_that_is_removed_signs_nobody_in(world: World, browse: Browse) -> None:
    here = browse("anna")
    own, _ = added(here)
    there = browse()
    sign_in(there, own)
    (shown,) = here.ask("GET", PASSKEYS).body
    here.ask("POST", PROVE, own.use(asked(here)))
    assert here.ask("DELETE", f"{PASSKEYS}/{shown['id']}").status == 200
    assert there.ask("GET", "/api/v1/me").status == 401
    assert told(sign_in(browse(), own)) == REFUSED
    assert browse("anna").ask("GET", "/api/v1/me").status == 200, "the password is enough again"
    assert not Authenticator.objects.exists(), "recovery codes go with the last factor"
    assert "Er is een passkey verwijderd" in subjects("anna")
    assert logged(world, "anna", Tag.PASSKEY_REMOVED) == 1


def test_nobody_removes_another_persons_passkey(world: World, browse: Browse) -> None:
    del world
    here, other = browse("anna"), browse("bram")
    added(here)
    (shown,) = here.ask("GET", PASSKEYS).body
    assert told(other.ask("DELETE", f"{PASSKEYS}/{shown['id']}")) == (404, "not_found")
    assert len(here.ask("GET", PASSKEYS).body) == 1


def require(world: World) -> None:
    policies.set_policy(world.organisation, Policy(staff=True, clients=True, days=0))


def test_a_passkey_is_what_an_organisation_requires(world: World, browse: Browse) -> None:
    browser = browse("anna")
    require(world)
    assert told(browser.ask("GET", "/api/v1/me")) == (403, "second_factor_needed")
    added(browser)
    assert browser.ask("GET", "/api/v1/me").status == 200
    assert policies.count(world.organisation, staff=False).having == 1


def test_key_3_the_last_factor_stays_where_one_is_required(world: World, browse: Browse) -> None:
    browser = browse("anna")
    own, codes = added(browser)
    phone = switch_on(browser)
    require(world)
    browser.ask("POST", PROVE, own.use(asked(browser)))
    body = {"password": PASSWORD, "code": phone.code()}
    assert browser.ask("POST", f"{FACTOR}/off", body).status == 200, "the passkey is one"
    assert "Inloggen met een code staat uit" in subjects("anna")
    (shown,) = browser.ask("GET", PASSKEYS).body
    assert told(browser.ask("DELETE", f"{PASSKEYS}/{shown['id']}")) == (409, "second_factor_required")
    assert authenticate(pending(browse, "anna"), codes[0]).status == 200, "and the recovery codes stay with it"


def test_key_3_of_two_last_ones_that_are_removed_in_one_moment_one_stays(world: World, browse: Browse) -> None:
    browser = browse("anna")
    own, _ = added(browser)
    added(browser)
    require(world)
    browser.ask("POST", PROVE, own.use(asked(browser)))
    found, together = browser.ask("GET", PASSKEYS).body, Barrier(2)

    def one(passkey: dict[str, Any]) -> Answer:
        together.wait()
        return browser.ask("DELETE", f"{PASSKEYS}/{passkey['id']}")

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(map(told, pool.map(one, found)))
    assert answers == [(200, ""), (409, "second_factor_required")]


@pytest.mark.parametrize("address", ["https://zorg.example", "http://localhost:8000", "http://127.0.0.1:8000"])
def test_browsers_make_passkeys_for_addresses_with_a_name(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.ZORG", Settings(public_url=address))
    assert webauthn.is_possible() is (address != "http://127.0.0.1:8000")
