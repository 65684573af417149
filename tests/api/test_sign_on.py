"""Signing on with an organisation's own provider: who comes in, as what, and who does not."""

from __future__ import annotations

import base64
import hmac
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests import forger
from tests.authenticator import authenticate, switch_on
from tests.forger import CLIENT, SECRET, Forger
from tests.later import Clock
from tests.live import Browser
from tests.mailbox import letters, newest_secret
from tests.passkeys import added, sign_in
from tests.signing_on import begin, connected, led, sign_on
from tests.world import World
from zorgmessenger.access.facts import Role
from zorgmessenger.accounts import addresses, limits
from zorgmessenger.accounts.models import Person, Session
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations import members, teams
from zorgmessenger.organisations import second_factor_policy as policies
from zorgmessenger.organisations.models import Membership
from zorgmessenger.organisations.second_factor_policy import Policy
from zorgmessenger.signon import rules, setting_up
from zorgmessenger.signon.models import Check, Connection
from zorgmessenger.signon.provider import RoleOfGroup, TeamOfGroup
from zorgmessenger.signon.setting_up import Wanted

Browse = Callable[..., Browser]
LOGIN = "/_allauth/browser/v1/auth/login"


def refused(reason: str) -> bool:
    """Whether the log tells of it."""
    return AuditEntry.objects.filter(tag=Tag.SIGN_ON_REFUSED, reason=reason).exists()


def test_who_comes_for_the_first_time_gets_an_account_and_works_there(
    world: World, browse: Browse, idp: Forger
) -> None:
    browser = browse()
    assert browser.ask("GET", "/api/v1/sign-on").body == [{"id": str(world.organisation), "name": "De Linde"}]
    assert sign_on(browser, world, idp, "noor") == "/"
    me = browser.ask("GET", "/api/v1/me").body
    assert (me["firstName"], me["lastName"], me["emails"]) == ("Noor", "van Toneel", ["noor@delinde.example"])
    member = members.find(UUID(me["id"]), world.organisation)
    assert member is not None
    assert member.role is Role.PRACTITIONER
    assert not Person.objects.get(pk=me["id"]).has_usable_password()
    tags = set(AuditEntry.objects.filter(organisation=world.organisation).values_list("tag", flat=True))
    assert {Tag.REGISTERED, Tag.MEMBER_ADDED, Tag.SIGNED_ON} <= tags
    assert addresses.verified_owner("noor@delinde.example") == member.person


def test_who_comes_again_is_the_same_person(world: World, browse: Browse, idp: Forger) -> None:
    first, again = browse(), browse()
    idp.people["noor"]["email"] = "noor@delinde.example"
    sign_on(first, world, idp, "noor")
    idp.people["noor"]["email"] = "smit@delinde.example"
    assert sign_on(again, world, idp, "noor") == "/"
    assert first.ask("GET", "/api/v1/me").body["id"] == again.ask("GET", "/api/v1/me").body["id"]


def test_the_session_is_a_new_one_and_what_is_asked_is_bound_to_it(world: World, browse: Browse, idp: Forger) -> None:
    browser = browse()
    asked = dict(parse_qsl(urlsplit(begin(browser, world.organisation)).query))
    before = browser.cookie
    assert (asked["code_challenge_method"], asked["response_type"], len(asked["nonce"])) == ("S256", "code", 43)
    assert "offline_access" in asked["scope"]
    sign_on(browser, world, idp, "noor")
    assert browser.cookie not in {"", before}
    assert idp.asked[-1]["code_verifier"]


def test_an_answer_to_another_question_is_not_taken(world: World, browse: Browse, idp: Forger, later: Clock) -> None:
    browser, other = browse(), browse()
    path = idp.lead_back("noor", begin(other, world.organisation))
    assert led(browser, path) == "sign_on_over"
    begin(browser, world.organisation)
    assert led(browser, path) == "sign_on_over"
    assert led(browser, path) == "sign_on_over"
    old = idp.lead_back("noor", begin(browser, world.organisation))
    later.forward(minutes=11)
    assert led(browser, old) == "sign_on_over"
    assert not idp.asked
    assert refused("sign_on_over")


def test_an_answer_is_good_once(world: World, browse: Browse, idp: Forger) -> None:
    browser = browse()
    path = idp.lead_back("noor", begin(browser, world.organisation))
    assert led(browser, path) == "/"
    assert browser.ask("DELETE", "/_allauth/browser/v1/auth/session").status == 401
    browser.greet()
    assert led(browser, path) == "sign_on_over"
    again = begin(browser, world.organisation)
    state = dict(parse_qsl(urlsplit(again).query))["state"]
    code = dict(parse_qsl(urlsplit(path).query))["code"]
    assert led(browser, f"/api/v1/sign-on/back/{world.organisation}?code={code}&state={state}") == "sign_on_denied"


def test_a_provider_that_sends_somebody_away_or_is_out_of_reach_is_said_plainly(
    world: World, browse: Browse, idp: Forger
) -> None:
    browser = browse()
    path = idp.lead_back("noor", begin(browser, world.organisation))
    state = dict(parse_qsl(urlsplit(path).query))["state"]
    assert (
        led(browser, f"/api/v1/sign-on/back/{world.organisation}?error=access_denied&state={state}") == "sign_on_denied"
    )
    path = idp.lead_back("noor", begin(browser, world.organisation))
    idp.down = True
    assert led(browser, path) == "sign_on_unreachable"
    idp.down, idp.error = False, "invalid_client"
    assert sign_on(browser, world, idp, "noor") == "sign_on_unreachable"
    idp.error, idp.refresh_tokens = "", False
    assert sign_on(browser, world, idp, "noor") == "sign_on_no_refresh"
    assert browser.greet() is False


def _none(claims: dict[str, Any], _: Forger) -> str:
    return f"{_encoded({'alg': 'none'})}.{_encoded(claims)}."


def _by_public_key(claims: dict[str, Any], idp: Forger) -> str:
    said = f"{_encoded({'alg': 'HS256', 'kid': 'one'})}.{_encoded(claims)}"
    return f"{said}.{_base64(hmac.digest(idp.key.as_pem(private=False), said.encode(), 'sha256'))}"


def _encoded(said: dict[str, Any]) -> str:
    return _base64(msgspec.json.encode(said))


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _by_another(claims: dict[str, Any], _: Forger) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048, {"kid": "one"}))


def _by_unknown(claims: dict[str, Any], _: Forger) -> str:
    return jwt.encode({"alg": "RS256", "kid": "two"}, claims, RSAKey.generate_key(2048, {"kid": "two"}))


@pytest.mark.parametrize("sign", [_none, _by_public_key, _by_another, _by_unknown])
def test_only_what_the_provider_itself_signed_is_believed(
    world: World, browse: Browse, idp: Forger, sign: Callable[[dict[str, Any], Forger], str]
) -> None:
    idp.sign = lambda claims: sign(claims, idp)
    assert sign_on(browse(), world, idp, "noor") == "sign_on_untrue"
    assert refused("sign_on_untrue")
    assert addresses.verified_owner("noor@delinde.example") is None


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": ["zorg-messenger", "another"]},
        {"azp": "another"},
        {"iss": "https://another.example"},
        {"iss": None},
        {"exp": 1},
        {"exp": None},
        {"iat": 9_999_999_999},
        {"sub": None},
        {"sub": ""},
        {"sub": 1},
        {"at_hash": "another"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_or_not_of_now_is_not_believed(
    world: World, browse: Browse, idp: Forger, change: dict[str, Any]
) -> None:
    idp.alter = lambda claims: {name: value for name, value in {**claims, **change}.items() if value is not None}
    assert sign_on(browse(), world, idp, "noor") == "sign_on_untrue"


def test_new_keys_of_the_provider_are_fetched(
    world: World, browse: Browse, idp: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sign_on(browse(), world, idp, "noor") == "/"
    monkeypatch.setattr("zorgmessenger.signon.discovery.KEYS_AGAIN_AFTER", 0.0)
    idp.published, idp.key = [idp.key], RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    assert sign_on(browse(), world, idp, "noor") == "/"


def test_one_organisations_provider_opens_nothing_of_another(world: World, browse: Browse, idp: Forger) -> None:
    with forger.running() as theirs:
        theirs.person("noor")
        connected(world.elsewhere, theirs.issuer)
        browser = browse()
        path = theirs.lead_back("noor", begin(browser, world.organisation), iss=theirs.issuer)
        assert led(browser, path) == "sign_on_untrue"
        assert not idp.asked
        path = theirs.lead_back("noor", begin(browser, world.organisation))
        assert led(browser, path) == "sign_on_denied"
        assert sign_on(browser, world, idp, "noor") == "/"
        other = browse()
        path = theirs.lead_back("noor", begin(other, world.elsewhere))
        assert led(other, path) == "own_password"


def test_a_provider_that_leads_on_to_another_organisations_gets_no_code_of_it(
    world: World, browse: Browse, idp: Forger
) -> None:
    with forger.running() as theirs:
        connected(world.elsewhere, theirs.issuer)
        attacker, victim = browse(), browse()
        own = dict(parse_qsl(urlsplit(begin(attacker, world.organisation)).query))
        asked = dict(parse_qsl(urlsplit(begin(victim, world.elsewhere)).query))
        assert own["redirect_uri"].endswith(f"/api/v1/sign-on/back/{world.organisation}")
        assert asked["redirect_uri"].endswith(f"/api/v1/sign-on/back/{world.elsewhere}")
        crossed = f"{idp.issuer}/authorize?{urlencode({**own, 'state': asked['state']})}"
        assert led(victim, idp.lead_back("noor", crossed)) == "sign_on_over"
        assert not theirs.asked
    assert not idp.asked
    assert refused("sign_on_over")


def test_where_the_provider_names_itself_it_has_to(world: World, browse: Browse, idp: Forger) -> None:
    idp.document = {"authorization_response_iss_parameter_supported": True}
    assert sign_on(browse(), world, idp, "noor") == "sign_on_untrue"
    assert sign_on(browse(), world, idp, "noor", iss=idp.issuer) == "/"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"groups": ["keuken"]}, "no_group"),
        ({"groups": []}, "no_group"),
        ({"groups": {"behandelaren": 1}}, "groups_untold"),
        ({"groups": None}, "groups_untold"),
        ({"email": "noor@elders.example"}, "no_address"),
        ({"email": "noor@delinde.example.elders.example"}, "no_address"),
        ({"email": None}, "no_address"),
        ({"email": "noor@delinde.example\r\nBcc: x@x.nl"}, "no_address"),
        ({"email_verified": False}, "no_address"),
        ({"email_verified": "false"}, "no_address"),
        ({"given_name": None}, "no_name"),
        ({"given_name": "http://x.nl"}, "no_name"),
    ],
    ids=str,
)
def test_who_does_not_work_there_or_is_not_told_whole_does_not_come_in(
    world: World, browse: Browse, idp: Forger, claims: dict[str, Any], code: str
) -> None:
    idp.person("noor", **claims)
    idp.people["noor"] = {name: value for name, value in idp.people["noor"].items() if value is not None}
    assert sign_on(browse(), world, idp, "noor") == code
    assert refused(code)
    assert addresses.verified_owner("noor@delinde.example") is None


def test_groups_too_many_for_a_token_are_said_to_be_so(world: World, browse: Browse, idp: Forger) -> None:
    idp.person("noor", _claim_names={"groups": "src1"})
    del idp.people["noor"]["groups"]
    assert sign_on(browse(), world, idp, "noor") == "groups_untold"


def test_groups_and_address_may_come_from_userinfo_and_a_single_group_as_a_text(
    world: World, browse: Browse, idp: Forger
) -> None:
    idp.in_id_token = False
    idp.person("noor", groups="planbureau", name="Noor Smit", given_name="")
    browser = browse()
    assert sign_on(browser, world, idp, "noor") == "/"
    me = browser.ask("GET", "/api/v1/me").body
    member = members.find(UUID(me["id"]), world.organisation)
    assert (me["lastName"], member and member.role) == ("Smit", Role.PLANNER)


def test_groups_and_address_may_stand_in_the_id_token_alone(world: World, browse: Browse, idp: Forger) -> None:
    idp.in_userinfo = False
    assert sign_on(browse(), world, idp, "noor") == "/"


def test_userinfo_about_somebody_else_is_not_believed(world: World, browse: Browse, idp: Forger) -> None:
    idp.in_id_token = False
    idp.people["noor"]["sub"] = "pim"
    idp.alter = lambda claims: {**claims, "sub": "noor"}
    assert sign_on(browse(), world, idp, "noor") == "sign_on_untrue"


def test_an_address_with_an_account_is_linked_by_its_owner_alone(world: World, browse: Browse, idp: Forger) -> None:
    idp.person("bram", email="bram@cast.example")
    elsewhere = browse("bram")
    browser = browse()
    assert sign_on(browser, world, idp, "bram") == "account_exists"
    assert browser.sign_in("fatima").status == 200
    assert Person.objects.get(pk=world.id("bram")).sign_on is None
    browser = browse()
    sign_on(browser, world, idp, "bram")
    assert browser.sign_in("bram").status == 200
    assert browser.ask("GET", "/api/v1/me").body["firstName"] == "Bram"
    assert elsewhere.greet() is False
    assert letters("bram@cast.example")[-1].subject == "U logt nu in via uw organisatie"
    assert AuditEntry.objects.filter(tag=Tag.SIGN_ON_LINKED, actor=world.id("bram")).count() == 1
    assert Check.objects.count() == 1
    assert sign_on(browse(), world, idp, "bram") == "/"


def test_who_signs_on_is_let_in_by_nothing_else(world: World, browse: Browse, idp: Forger) -> None:
    idp.person("bram", email="bram@cast.example")
    browser = browse()
    sign_on(browser, world, idp, "bram")
    browser.sign_in("bram")
    other = browse()
    answer = other.sign_in("bram")
    assert (answer.status, answer.body["code"]) == (403, "sign_on_instead")
    assert other.greet() is False
    assert other.sign_in("bram", "verkeerd").status == 422


def test_who_lost_their_place_at_the_provider_links_anew_by_their_own_password(
    world: World, browse: Browse, idp: Forger
) -> None:
    for subject in ("bram", "bram-2"):
        idp.person(subject, email="bram@cast.example", given_name="Bram")
        browser = browse()
        assert sign_on(browser, world, idp, subject) == "account_exists"
        assert browser.sign_in("bram").status == 200
    assert sign_on(browse(), world, idp, "bram-2") == "/"


def test_a_sign_in_that_waited_for_its_second_step_before_the_account_was_linked_opens_nothing(
    world: World, browse: Browse, idp: Forger
) -> None:
    phone, hidden, browser = switch_on(browse("bram")), browse(), browse()
    idp.person("bram", email="bram@cast.example")
    assert hidden.sign_in("bram").body["code"] == "second_factor_asked"
    sign_on(browser, world, idp, "bram")
    browser.sign_in("bram")
    assert authenticate(browser, phone.code()).status == 200
    assert Person.objects.get(pk=world.id("bram")).sign_on == world.organisation
    answer = authenticate(hidden, phone.code(1))
    assert (answer.status, answer.body["code"]) == (403, "sign_on_instead")
    assert authenticate(hidden, phone.code(1)).status == 401
    assert hidden.greet() is False
    assert not Session.objects.filter(person=world.id("bram"), sign_on=None).exists()


def linked_and_asked_to_link_anew(world: World, browse: Browse, idp: Forger) -> Browser:
    """A browser that came as another subject with Bram's address."""
    for subject in ("bram", "bram-2"):
        idp.person(subject, email="bram@cast.example", given_name="Bram")
    first, browser = browse(), browse()
    sign_on(first, world, idp, "bram")
    assert first.sign_in("bram").status == 200
    assert sign_on(browser, world, idp, "bram-2") == "account_exists"
    return browser


def test_who_is_asked_for_their_own_way_in_has_ten_minutes_for_it(
    world: World, browse: Browse, idp: Forger, later: Clock
) -> None:
    browser = linked_and_asked_to_link_anew(world, browse, idp)
    browser.ask("POST", "/api/v1/passkeys/challenge")
    later.forward(minutes=11)
    answer = browser.sign_in("bram")
    assert (answer.status, answer.body["code"]) == (403, "sign_on_instead")
    assert browser.greet() is False


def test_an_own_way_in_that_links_nothing_opens_nothing(world: World, browse: Browse, idp: Forger) -> None:
    browser = linked_and_asked_to_link_anew(world, browse, idp)
    connected(world.organisation, idp.issuer, roles=(RoleOfGroup("koks", Role.PRACTITIONER),))
    answer = browser.sign_in("bram")
    assert (answer.status, answer.body["code"]) == (403, "sign_on_instead")
    assert browser.greet() is False
    assert not Session.objects.filter(person=world.id("bram"), sign_on=None).exists()


def test_a_second_factor_is_asked_before_an_account_is_linked(world: World, browse: Browse, idp: Forger) -> None:
    phone = switch_on(browse("bram"))
    idp.person("bram", email="bram@cast.example")
    browser = browse()
    sign_on(browser, world, idp, "bram")
    assert browser.sign_in("bram").body["code"] == "second_factor_asked"
    assert Person.objects.get(pk=world.id("bram")).sign_on is None
    browser.ask("POST", "/_allauth/browser/v1/auth/2fa/authenticate", {"code": phone.code(1)})
    assert browser.greet()
    assert Person.objects.get(pk=world.id("bram")).sign_on == world.organisation


@pytest.mark.parametrize("name", ["anna", "carla", "dora"])
def test_a_client_and_who_belongs_elsewhere_use_their_own_password(
    world: World, browse: Browse, idp: Forger, name: str
) -> None:
    idp.person(name, email=f"{name}@cast.example")
    assert sign_on(browse(), world, idp, name) == "own_password"
    assert refused("own_password")
    assert browse(name).greet()


def test_whom_an_administrator_sent_away_and_whose_account_is_closed_stay_out(
    world: World, browse: Browse, idp: Forger
) -> None:
    for name in ("pim", "sem"):
        idp.person(name, email=f"{name}@cast.example")
    organisations.deactivate(world.organisation, world.id("pim"))
    Person.objects.filter(pk=world.id("sem")).update(is_active=False)
    assert sign_on(browse(), world, idp, "pim") == "membership_ended"
    assert sign_on(browse(), world, idp, "sem") == "account_closed"


def test_a_second_factor_here_is_asked_as_after_a_password(world: World, browse: Browse, idp: Forger) -> None:
    browser = browse()
    sign_on(browser, world, idp, "noor")
    setup = browser.ask("POST", "/api/v1/me/second-factor/setup", {"password": "x"})
    assert setup.status == 200, setup.body
    phone = switch_on(browser)
    other = browse()
    assert sign_on(other, world, idp, "noor") == "second_step"
    assert other.ask("GET", "/api/v1/session").body["waiting"] == {"code": True, "passkey": False}
    assert not Session.objects.filter(sign_on=world.organisation).exclude(pk__in=_sessions(browser)).exists()
    code = {"code": phone.code(1)}
    assert other.ask("POST", "/_allauth/browser/v1/auth/2fa/authenticate", code).status == 200
    assert other.greet()
    assert Check.objects.count() == 2


def _sessions(browser: Browser) -> list[str]:
    me = browser.ask("GET", "/api/v1/me").body["id"]
    return list(Session.objects.filter(person=me).values_list("pk", flat=True))


def test_a_provider_that_asks_a_second_factor_spares_ours_and_meets_the_policy(
    world: World, browse: Browse, idp: Forger
) -> None:
    policies.set_policy(world.organisation, Policy(staff=True, days=0))
    browser = browse()
    sign_on(browser, world, idp, "noor")
    assert browser.ask("GET", "/api/v1/me").body["code"] == "second_factor_needed"
    switch_on(browser)
    connected(world.organisation, idp.issuer, asks_second_factor=True)
    other = browse()
    assert sign_on(other, world, idp, "noor") == "/"
    assert other.ask("GET", "/api/v1/me").status == 200
    idp.person("puck")
    third = browse()
    assert sign_on(third, world, idp, "puck") == "/"
    assert third.ask("GET", "/api/v1/me").status == 200
    with third.socket() as socket:
        assert socket.welcome["type"] == "welcome"


def test_without_a_password_a_fresh_sign_on_counts_where_one_is_asked(
    world: World, browse: Browse, idp: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browse()
    sign_on(browser, world, idp, "noor")
    assert browser.ask("POST", "/api/v1/me/passkeys/challenge").status == 200
    monkeypatch.setattr("django.conf.settings.ACCOUNT_REAUTHENTICATION_TIMEOUT", 0)
    for path in ("passkeys/challenge", "second-factor/setup"):
        answer = browser.ask("POST", f"/api/v1/me/{path}", {"password": "x"} if "setup" in path else None)
        assert (answer.status, answer.body["code"]) == (403, "sign_on_again")


def test_a_provider_that_asks_no_second_factor_any_more_meets_no_policy_from_then_on(
    world: World, browse: Browse, idp: Forger
) -> None:
    policies.set_policy(world.organisation, Policy(staff=True, days=0))
    connected(world.organisation, idp.issuer, asks_second_factor=True)
    browser = browse()
    sign_on(browser, world, idp, "noor")
    assert browser.ask("GET", "/api/v1/me").status == 200
    groups = {Role.PRACTITIONER: ["behandelaren"]}
    setting_up.switch_on("De Linde", Wanted(idp.issuer, CLIENT, SECRET, ["delinde.example"], groups))
    for _ in range(2):
        assert browser.ask("GET", "/api/v1/me").body["code"] == "second_factor_needed"


def test_who_links_after_the_provider_asks_no_second_factor_any_more_has_given_none(
    world: World, browse: Browse, idp: Forger
) -> None:
    idp.person("bram", email="bram@cast.example")
    connected(world.organisation, idp.issuer, asks_second_factor=True)
    browser = browse()
    assert sign_on(browser, world, idp, "bram") == "account_exists"
    connected(world.organisation, idp.issuer)
    assert browser.sign_in("bram").status == 200
    assert Session.objects.filter(sign_on=world.organisation, factor_given=False).count() == 1


def test_two_browsers_that_sign_on_for_the_first_time_at_once_are_one_person(
    world: World, browse: Browse, idp: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = browse(), browse()
    paths = [idp.lead_back("noor", begin(one, world.organisation)) for one in (first, second)]
    real, both = rules.name_in, threading.Barrier(2)

    def name_in(claims: rules.Claims) -> tuple[str, str] | None:
        both.wait(10)
        return real(claims)

    monkeypatch.setattr(rules, "name_in", name_in)
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(led, (first, second), paths)) == ["/", "/"]
    assert first.ask("GET", "/api/v1/me").body["id"] == second.ask("GET", "/api/v1/me").body["id"]
    assert Person.objects.filter(sign_on=world.organisation).count() == 1


def test_role_and_teams_follow_the_groups_at_each_sign_on(world: World, browse: Browse, idp: Forger) -> None:
    team = world.team("petra")
    idp.person("noor", groups=["planbureau", "behandelaren"])
    connected(world.organisation, idp.issuer, teams=(TeamOfGroup("planners", team),))
    sign_on(browse(), world, idp, "noor")
    noor = Person.objects.get(sign_on=world.organisation).id
    assert role_of(world, noor) is Role.PLANNER
    assert noor not in members_of(team)
    idp.person("noor", groups=["planbureau", "planners"])
    sign_on(browse(), world, idp, "noor")
    assert noor in members_of(team)
    idp.person("noor", groups=["behandelaren", "planners"])
    sign_on(browse(), world, idp, "noor")
    assert (role_of(world, noor), noor in members_of(team)) == (Role.PRACTITIONER, False)


def test_without_named_teams_a_planner_answers_for_the_first(world: World, browse: Browse, idp: Forger) -> None:
    idp.person("noor", groups=["planbureau"])
    sign_on(browse(), world, idp, "noor")
    assert Person.objects.get(sign_on=world.organisation).id in members_of(world.team("petra"))


def test_a_role_that_leaves_conversations_behind_waits(world: World, browse: Browse, idp: Forger) -> None:
    idp.person("bram", email="bram@cast.example")
    browser = browse()
    sign_on(browser, world, idp, "bram")
    browser.sign_in("bram")
    idp.people["bram"]["groups"] = ["planbureau"]
    assert sign_on(browse(), world, idp, "bram") == "/"
    assert role_of(world, world.id("bram")) is Role.PRACTITIONER
    assert AuditEntry.objects.filter(tag=Tag.ROLE_CHANGED, reason="hand_over_first").exists()


def test_who_comes_to_belong_elsewhere_signs_in_by_their_own_password_from_then_on(
    world: World, browse: Browse, idp: Forger
) -> None:
    browser = browse()
    sign_on(browser, world, idp, "noor")
    noor = Person.objects.get(sign_on=world.organisation)
    answer = browser.ask("POST", "/api/v1/invitations/link", {"token": "x" * 43})
    assert (answer.status, answer.body["code"]) == (403, "password_first")
    Membership.objects.create(
        organisation_id=world.elsewhere, person=noor, role="client", since=noor.created_at, active=False
    )
    from zorgmessenger.audit.writer import audited  # noqa: PLC0415

    with audited() as log:
        organisations.add_member(log, world.elsewhere, noor.id, Role.CLIENT)
    assert browser.greet() is False
    assert Person.objects.get(pk=noor.id).sign_on is None
    assert sign_on(browse(), world, idp, "noor") == "own_password"


def test_who_has_no_password_accepts_another_organisations_invitation_with_a_new_one(
    world: World, browse: Browse, idp: Forger
) -> None:
    address = "noor@delinde.example"
    browser, carla = browse(), browse("carla")
    sign_on(browser, world, idp, "noor")
    invited = {"firstName": "Noor", "lastName": "Smit", "email": address}
    assert carla.ask("POST", "/api/v1/invitations", invited).status == 201
    token = {"token": newest_secret(address)}
    reset = "/_allauth/browser/v1/auth/password"
    other = browse()
    assert other.ask("POST", f"{reset}/request", {"email": address}).status == 200
    password = "Zeven-zwarte-zwanen-7"
    other.ask("POST", f"{reset}/reset", {"key": newest_secret(address), "password": password})
    assert browser.greet() is False
    assert other.ask("POST", LOGIN, {"email": address, "password": password}).body["code"] == "sign_on_instead"
    assert sign_on(browser, world, idp, "noor") == "/"
    assert browser.ask("POST", "/api/v1/invitations/link", token).body["code"] == "reauthenticate"
    again = {"password": password}
    assert browser.ask("POST", "/_allauth/browser/v1/auth/reauthenticate", again).status == 200
    assert browser.ask("POST", "/api/v1/invitations/link", token).status == 200
    assert browser.greet() is False
    assert sign_on(browser, world, idp, "noor") == "own_password"
    assert browser.ask("POST", LOGIN, {"email": address, "password": password}).status == 200


def linked(world: World, browse: Browse, idp: Forger, name: str, **claims: Any) -> Browser:
    """Somebody of the cast who signs on from now on."""
    idp.person(name, email=f"{name}@cast.example", **claims)
    browser = browse()
    assert sign_on(browser, world, idp, name) == "account_exists"
    assert browser.sign_in(name).status == 200
    return browser


@pytest.mark.parametrize("way", ["by an administrator", "by a command", "by the groups"])
def test_whose_membership_ended_has_their_own_way_in_and_can_be_invited_again(
    world: World, browse: Browse, idp: Forger, later: Clock, way: str
) -> None:
    browser = linked(world, browse, idp, "petra", groups=["planbureau"])
    ingrid = browse("ingrid")
    if way == "by an administrator":
        path = f"/api/v1/console/people/{world.id('petra')}/deactivate"
        answer = ingrid.ask("POST", path, {"successors": []})
        assert answer.status in {200, 204}, answer.body
    elif way == "by a command":
        organisations.deactivate(world.organisation, world.id("petra"))
    else:
        idp.people["petra"]["groups"] = []
        later.forward(seconds=41)
        assert browser.ask("GET", "/api/v1/me").status == 401
    assert browser.greet() is False
    assert members.find(world.id("petra"), world.organisation) is None
    own = browse()
    assert own.ask("POST", "/_allauth/browser/v1/auth/password/request", {"email": "petra@cast.example"}).status == 200
    password = "Zeven-zwarte-zwanen-7"
    key = {"key": newest_secret("petra@cast.example"), "password": password}
    own.ask("POST", "/_allauth/browser/v1/auth/password/reset", key)
    assert own.sign_in("petra", password).status == 200
    if way == "by the groups":
        idp.people["petra"]["groups"] = ["planbureau"]
        assert sign_on(browse(), world, idp, "petra") == "/"
        assert own.greet() is False
        assert browse().sign_in("petra", password).body["code"] == "sign_on_instead"
    else:
        assert sign_on(browse(), world, idp, "petra") == "membership_ended"


def test_a_passkey_does_not_open_an_account_that_sign_on_opens(
    world: World, browse: Browse, idp: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zorgmessenger.accounts.webauthn.is_possible", lambda: True)
    browser = browse()
    sign_on(browser, world, idp, "noor")
    passkey, _ = added(browser)
    answer = sign_in(browse(), passkey)
    assert (answer.status, answer.body["code"]) == (403, "sign_on_instead")
    other = browse()
    assert sign_on(other, world, idp, "noor") == "second_step"
    assert sign_in(other, passkey).status == 200
    assert other.greet()
    assert Check.objects.count() == 2


def test_who_begins_too_often_is_told_so_and_who_comes_back_is_not_counted(
    world: World, browse: Browse, idp: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browse()
    path = idp.lead_back("noor", begin(browser, world.organisation))
    monkeypatch.setattr(limits, "SIGN_ON_NETWORK", limits.Limit("sign_on_network", 0, 15))
    answer = browse().ask("POST", f"/api/v1/sign-on/{world.organisation}")
    assert (answer.status, answer.body["code"]) == (429, "too_many_sign_ons")
    assert led(browser, path) == "/"


def test_who_is_signed_in_does_not_sign_on_besides(world: World, browse: Browse, idp: Forger) -> None:
    anna = browse("anna")
    assert anna.ask("POST", f"/api/v1/sign-on/{world.organisation}").status == 409
    path = idp.lead_back("noor", begin(browse(), world.organisation))
    assert led(anna, path) == "/"
    assert anna.ask("GET", "/api/v1/me").body["firstName"] == "Anna"


def test_where_there_is_no_sign_on_there_is_none(world: World, browse: Browse, idp: Forger) -> None:
    assert browse().ask("POST", f"/api/v1/sign-on/{world.elsewhere}").status == 404
    browser = browse()
    path = idp.lead_back("noor", begin(browser, world.organisation))
    Connection.objects.all().delete()
    assert led(browser, path) == "sign_on_over"
    assert browser.ask("GET", "/api/v1/sign-on").body == []


def role_of(world: World, person: UUID) -> Role | None:
    member = members.find(person, world.organisation)
    return member.role if member else None


def members_of(team: UUID) -> frozenset[UUID]:
    found = teams.find(team)
    assert found is not None
    return found.members
