"""Another telephone for codes: FAC-4 and FAC-5 of `accounts.second_factor`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.authenticator import FACTOR, Phone, authenticate, switch_on
from tests.cast import PASSWORD, address_of
from tests.later import Clock
from tests.live import Answer, Browser
from tests.mailbox import letters
from tests.world import World
from zorgmessenger.accounts import addresses, limits
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.organisations import second_factor_policy as policies
from zorgmessenger.organisations.second_factor_policy import Policy
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
OTHER = f"{FACTOR}/other"
WAITS = (401, "second_factor_asked")


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


def begin(browser: Browser, code: str, password: str = PASSWORD) -> Answer:
    return browser.ask("POST", OTHER, {"password": password, "code": code})


def link(browser: Browser, code: str) -> Answer:
    return browser.ask("PUT", OTHER, {"code": code})


def pending(browse: Browse, name: str = "anna") -> Browser:
    browser = browse()
    assert told(browser.sign_in(name)) == WAITS
    return browser


def replaced() -> int:
    return AuditEntry.objects.filter(tag=Tag.SECOND_FACTOR_REPLACED).count()


def test_fac_5_the_old_one_works_until_the_new_one_showed_a_code_and_then_no_more(world: World, browse: Browse) -> None:
    here = browse("anna")
    old = switch_on(here)
    since = here.ask("GET", FACTOR).body["since"]
    answer = begin(here, old.codes[0])
    assert answer.status == 200
    assert answer.body["picture"].startswith("data:image/svg+xml;")
    new = Phone(answer.body["secret"])
    assert new.secret != old.secret
    assert told(link(here, "000000")) == (422, "incorrect_code")
    assert told(authenticate(pending(browse), new.code())) == (422, "incorrect_code"), "not yet"
    assert authenticate(pending(browse), old.code()).status == 200
    assert replaced() == 0
    assert link(here, new.code(-1)).status == 200
    assert told(authenticate(pending(browse), old.code(1))) == (422, "incorrect_code")
    assert authenticate(pending(browse), new.code()).status == 200
    assert authenticate(pending(browse), old.codes[1]).status == 200, "recovery codes stay"
    state = here.ask("GET", FACTOR).body
    assert (state["on"], state["since"], state["codesLeft"]) == (True, since, 8)
    assert AuditEntry.objects.get(tag=Tag.SECOND_FACTOR_REPLACED).actor == world.id("anna")


def test_fac_5_the_code_that_linked_it_is_used_up(world: World, browse: Browse) -> None:
    del world
    here = browse("anna")
    new = Phone(begin(here, switch_on(here).codes[0]).body["secret"])
    code = new.code()
    assert link(here, code).status == 200
    assert told(authenticate(pending(browse), code)) == (422, "incorrect_code")


def test_it_takes_password_and_a_code_that_is_good_once(world: World, browse: Browse) -> None:
    del world
    here = browse("anna")
    phone = switch_on(here)
    bodies: list[tuple[dict[str, Any], str]] = [
        ({"password": "Verkeerd-42", "code": phone.codes[0]}, "incorrect_password"),
        ({"password": PASSWORD, "code": "000000"}, "incorrect_code"),
        ({"password": PASSWORD}, "invalid"),
        ({"code": phone.codes[0]}, "invalid"),
    ]
    for body, code in bodies:
        assert told(here.ask("POST", OTHER, body)) == (422, code)
    assert told(link(here, "123456")) == (409, "setup_over"), "nothing was begun"
    assert begin(here, phone.code()).status == 200
    assert told(begin(here, phone.code())) == (422, "incorrect_code")
    assert begin(here, phone.codes[0]).status == 200
    assert told(begin(here, phone.codes[0])) == (422, "incorrect_code")


def test_where_it_is_required_a_lost_telephone_is_replaced_by_recovery_codes_alone(
    world: World, browse: Browse
) -> None:
    old = switch_on(browse("bram"))
    policies.set_policy(world.organisation, Policy(staff=True, days=0))
    here = pending(browse, "bram")
    assert authenticate(here, old.codes[0]).status == 200
    body = {"password": PASSWORD, "code": old.codes[1]}
    assert told(here.ask("POST", f"{FACTOR}/off", body)) == (409, "second_factor_required")
    new = Phone(begin(here, old.codes[1]).body["secret"])
    assert link(here, new.code(-1)).status == 200
    assert told(authenticate(pending(browse, "bram"), old.code())) == (422, "incorrect_code")
    assert authenticate(pending(browse, "bram"), new.code()).status == 200


def test_fac_5_of_several_who_link_in_one_moment_one_does(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In four browsers, twice in each, each with a secret of its own."""
    del world
    for name, limit in vars(limits).copy().items():
        if isinstance(limit, limits.Limit):
            monkeypatch.setattr(limits, name, limits.Limit(limit.name, 10**6, limit.minutes))
    first = browse("anna")
    old = switch_on(first)
    browsers = [pending(browse) for _ in range(4)]
    for browser, code in zip(browsers, old.codes[:4], strict=True):
        assert authenticate(browser, code).status == 200
    phones = [
        Phone(begin(browser, code).body["secret"]) for browser, code in zip(browsers, old.codes[4:8], strict=True)
    ]
    together = Barrier(8)

    def one(number: int) -> Answer:
        together.wait()
        return link(browsers[number % 4], phones[number % 4].code())

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(8)))
    assert [answer.status for answer in answers].count(200) == 1
    assert {told(answer) for answer in answers} <= {(200, ""), (409, "setup_over"), (401, "sign_in_first")}
    assert replaced() == Authenticator.objects.filter(type="totp").count() == 1
    winner = [answer.status for answer in answers].index(200) % 4
    works = [authenticate(pending(browse), phone.code(1)).status == 200 for phone in phones]
    assert works == [number == winner for number in range(4)]


def test_what_was_begun_is_over_when_the_codes_are_switched_off_and_on_meanwhile(world: World, browse: Browse) -> None:
    del world
    here = browse("anna")
    old = switch_on(here)
    new = Phone(begin(here, old.codes[0]).body["secret"])
    assert here.ask("POST", f"{FACTOR}/off", {"password": PASSWORD, "code": old.codes[1]}).status == 200
    assert told(link(here, new.code())) == (409, "setup_over")
    switch_on(here)
    assert told(link(here, new.code())) == (409, "setup_over")


def test_what_was_begun_ends_after_a_quarter_of_an_hour_and_is_of_this_session(
    world: World, browse: Browse, later: Clock
) -> None:
    del world
    here = browse("anna")
    old = switch_on(here)
    new = Phone(begin(here, old.codes[0]).body["secret"])
    other = pending(browse)
    assert authenticate(other, old.codes[1]).status == 200
    assert told(link(other, new.code())) == (409, "setup_over")
    later.forward(minutes=16)
    assert told(link(here, new.code())) == (409, "setup_over")


def test_fac_2_codes_of_the_new_one_are_counted(world: World, browse: Browse) -> None:
    del world
    here = browse("anna")
    new = Phone(begin(here, switch_on(here).codes[0]).body["secret"])
    for _ in range(limits.SECOND_FACTOR_NETWORK.times):
        assert told(link(here, "000000")) == (422, "incorrect_code")
    assert told(link(here, new.code())) == (429, "too_many")
    assert replaced() == 0


def test_fac_4_other_devices_are_signed_out_and_every_address_is_told(world: World, browse: Browse) -> None:
    addresses.add_verified(world.id("anna"), "anna@elders.example", primary=False)
    here = browse("anna")
    old = switch_on(here)
    other = pending(browse)
    assert authenticate(other, old.codes[0]).status == 200
    new = Phone(begin(here, old.codes[1]).body["secret"])
    with here.socket() as mine, other.socket() as theirs:
        assert link(here, new.code()).status == 200
        assert mine.close_code() == theirs.close_code() == Close.RESTART
    assert [browser.ask("GET", "/api/v1/me").status for browser in (here, other)] == [200, 401]
    for address in (address_of("anna"), "anna@elders.example"):
        mail = letters(address)[-1]
        assert mail.subject == text("mail.second_factor_replaced.subject")
        assert new.secret not in mail.plain + mail.html


def test_who_has_no_app_that_makes_codes_has_none_to_replace(world: World, browse: Browse) -> None:
    here = browse("anna")
    assert told(begin(here, "123456")) == (422, "incorrect_code")
    phone = switch_on(here)
    Authenticator.objects.filter(user_id=world.id("anna"), type="totp").delete()
    assert told(begin(here, phone.codes[0])) == (409, "conflict")
    assert here.ask("GET", FACTOR).body["codesLeft"] == 10, "the recovery code is not used up"
