"""Who leaves their organisation's groups is out within a minute; a provider out of reach puts nobody out at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from uuid import UUID

import pytest

from tests import forger
from tests.authenticator import authenticate, switch_on
from tests.forger import SECRET, Forger
from tests.later import Clock
from tests.live import Browser
from tests.mailbox import letters
from tests.signing_on import begin, connected, led, sign_on
from tests.world import World
from zorgmessenger.access.facts import Role
from zorgmessenger.accounts.models import Person, Session
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.organisations import members
from zorgmessenger.organisations.models import Membership
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.signon import asking, rounds, setting_up
from zorgmessenger.signon.models import Check, Connection
from zorgmessenger.signon.provider import RoleOfGroup
from zorgmessenger.signon.setting_up import Wanted

Browse = Callable[..., Browser]
ME = "/api/v1/me"


def id_of(browser: Browser) -> UUID:
    return UUID(browser.ask("GET", ME).body["id"])


def ended(reason: str) -> bool:
    return AuditEntry.objects.filter(tag=Tag.SIGN_ON_ENDED, reason=reason).exists()


def test_who_leaves_the_group_is_out_at_the_next_request(
    world: World, noor: Browser, idp: Forger, later: Clock
) -> None:
    person = id_of(noor)
    idp.people["noor"]["groups"] = ["keuken"]
    assert noor.ask("GET", ME).status == 200
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 401
    assert noor.greet() is False
    assert members.find(person, world.organisation) is None
    assert AuditEntry.objects.filter(tag=Tag.MEMBER_DEACTIVATED, object=str(person), detail="sign-on").exists()
    assert sign_on(noor, world, idp, "noor") == "no_group"
    idp.people["noor"]["groups"] = ["planbureau"]
    assert sign_on(noor, world, idp, "noor") == "/"
    assert id_of(noor) == person
    assert members.find(person, world.organisation) is not None


def test_the_sockets_of_who_leaves_the_group_close_by_themselves(noor: Browser, idp: Forger, later: Clock) -> None:
    with noor.socket() as socket:
        later.forward(seconds=31)
        rounds.keep()
        assert idp.refreshed == 1
        idp.people["noor"]["groups"] = []
        rounds.keep()
        assert idp.refreshed == 1
        later.forward(seconds=31)
        rounds.keep()
        assert socket.close_code() == Close.SIGNED_OUT
    assert noor.greet() is False


def test_what_the_provider_says_now_goes_before_a_token_of_when_they_signed_in(
    noor: Browser, idp: Forger, later: Clock
) -> None:
    idp.alter = lambda claims: {**claims, "groups": ["planbureau"]}
    idp.people["noor"]["groups"] = []
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 401


def test_a_provider_that_tells_groups_in_the_id_token_alone_is_followed(
    noor: Browser, idp: Forger, later: Clock
) -> None:
    idp.in_userinfo = False
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 200
    idp.people["noor"]["groups"] = []
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 401


def test_what_they_had_taken_for_their_team_is_free(world: World, noor: Browser, idp: Forger, later: Clock) -> None:
    person, conversation = id_of(noor), world.conversations["petra", "anna"]
    assert Participant.objects.get(conversation=conversation, person=person).left_at is None
    Conversation.objects.filter(pk=conversation).update(assignee=person)
    idp.people["noor"]["groups"] = []
    later.forward(seconds=41)
    noor.ask("GET", ME)
    assert Conversation.objects.get(pk=conversation).assignee_id is None
    assert Participant.objects.get(conversation=conversation, person=person).left_at is not None


@pytest.mark.parametrize(("name", "why"), [("bram", "hand_over_first"), ("ingrid", "last_administrator")])
def test_who_has_to_be_succeeded_is_out_all_the_same_and_stays_a_member_until_then(
    world: World, browse: Browse, idp: Forger, later: Clock, name: str, why: str
) -> None:
    idp.person(name, email=f"{name}@cast.example", groups=["behandelaren" if name == "bram" else "beheer"])
    browser = browse()
    sign_on(browser, world, idp, name)
    browser.sign_in(name)
    idp.people[name]["groups"] = []
    later.forward(seconds=41)
    assert browser.ask("GET", ME).status == 401
    assert members.find(world.id(name), world.organisation) is not None
    assert AuditEntry.objects.filter(tag=Tag.SIGN_ON_ENDED, detail=f"sign-on {why}").exists()
    assert browser.sign_in(name).body["code"] == "sign_on_instead"
    assert sign_on(browse(), world, idp, name) == "no_group"
    told = [mail.subject for mail in letters("ingrid@cast.example")]
    assert ("Draag gesprekken over" in told) is (name == "bram")


def test_whom_the_provider_no_longer_lets_in_is_out_and_remains_a_member(
    world: World, noor: Browser, idp: Forger, later: Clock
) -> None:
    person = id_of(noor)
    idp.error = "invalid_grant"
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 401
    assert ended("denied")
    assert members.find(person, world.organisation) is not None
    idp.error = ""
    assert sign_on(noor, world, idp, "noor") == "/"


def test_a_provider_that_tells_no_groups_any_more_ends_nobodys_membership(
    world: World, noor: Browser, idp: Forger, later: Clock
) -> None:
    person = id_of(noor)
    del idp.people["noor"]["groups"]
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 401
    assert ended("groups_untold")
    assert members.find(person, world.organisation) is not None


def test_a_closed_account_is_out(noor: Browser, later: Clock, idp: Forger) -> None:
    person = id_of(noor)
    idp.people["noor"]["groups"] = ["behandelaren"]
    Person.objects.filter(pk=person).update(is_active=False)
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 401


@pytest.mark.parametrize("trouble", ["down", "invalid_client", "temporarily_unavailable"])
def test_a_provider_out_of_reach_leaves_a_quarter_of_an_hour_and_nobodys_membership_ends(
    world: World, noor: Browser, idp: Forger, later: Clock, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(asking, "OUT_OF_REACH", -1.0)
    person = id_of(noor)
    idp.down, idp.error = trouble == "down", trouble
    for _ in range(14):
        later.forward(minutes=1)
        assert noor.ask("GET", ME).status == 200
    later.forward(minutes=2)
    assert noor.ask("GET", ME).status == 401
    assert ended("unreachable")
    assert members.find(person, world.organisation) is not None


def test_a_provider_that_comes_back_in_time_is_asked_again(
    noor: Browser, idp: Forger, later: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "OUT_OF_REACH", -1.0)
    idp.down = True
    later.forward(minutes=10)
    assert noor.ask("GET", ME).status == 200
    idp.down = False
    later.forward(minutes=4)
    assert noor.ask("GET", ME).status == 200
    later.forward(minutes=14)
    idp.down = True
    assert noor.ask("GET", ME).status == 200


def test_a_provider_out_of_reach_holds_up_no_other_organisations(
    world: World, noor: Browser, idp: Forger, browse: Browse, later: Clock
) -> None:
    with forger.running() as theirs:
        theirs.person("puck")
        connected(world.elsewhere, theirs.issuer)
        puck = browse()
        assert led(puck, theirs.lead_back("puck", begin(puck, world.elsewhere))) == "/"
        others = [browse() for _ in range(3)]
        for other in others:
            sign_on(other, world, idp, "noor")
        with ExitStack() as sockets:
            for one in (noor, *others):
                sockets.enter_context(one.socket())
            socket = sockets.enter_context(puck.socket())
            later.forward(seconds=31)
            idp.down = True
            theirs.people["puck"]["groups"] = []
            rounds.keep()
            assert socket.close_code() == Close.SIGNED_OUT
            requests = idp.requests
            later.forward(seconds=31)
            rounds.keep()
            assert idp.requests == requests


def test_requests_do_not_wait_for_a_provider_that_was_out_of_reach_just_now(
    noor: Browser, idp: Forger, later: Clock
) -> None:
    idp.error = "server_error"
    later.forward(minutes=2)
    asked = len(idp.asked)
    for _ in range(5):
        assert noor.ask("GET", ME).status == 200
    assert len(idp.asked) == asked + 1


def test_each_refresh_token_is_used_once_and_the_next_one_kept(noor: Browser, idp: Forger, later: Clock) -> None:
    for round_ in range(1, 4):
        later.forward(seconds=41)
        assert noor.ask("GET", ME).status == 200
        assert idp.refreshed == round_
    used = [form["refresh_token"] for form in idp.asked if form["grant_type"] == "refresh_token"]
    assert len(set(used)) == 3


def another_tab(of: Browser) -> Browser:
    browser = Browser(of.address)
    for cookie in of.jar:
        browser.jar.set_cookie(cookie)
    return browser


def test_twenty_requests_at_once_ask_once(noor: Browser, idp: Forger, later: Clock) -> None:
    later.forward(seconds=41)
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: another_tab(noor).ask("GET", ME), range(20)))
    assert {answer.status for answer in answers} == {200}
    assert idp.refreshed == 1


def test_after_a_sleep_other_requests_wait_for_the_answer_to_the_first(
    noor: Browser, idp: Forger, later: Clock
) -> None:
    later.forward(hours=3)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: another_tab(noor).ask("GET", ME), range(4)))
    assert {answer.status for answer in answers} == {200}
    assert idp.refreshed == 1


def test_nothing_is_let_in_after_a_minute_before_the_provider_has_answered(
    noor: Browser, idp: Forger, later: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.01)
    idp.wait = threading.Event()
    later.forward(seconds=61)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(noor.ask, "GET", ME)
        assert idp.reached.wait(10)
        answer = another_tab(noor).ask("GET", ME)
        idp.wait.set()
        assert first.result().status == 200
    assert (answer.status, answer.body["retry"]) == (503, True)


def test_a_socket_that_comes_back_after_a_sleep_is_asked_about_first(noor: Browser, idp: Forger, later: Clock) -> None:
    later.forward(hours=10)
    with noor.socket() as socket:
        assert socket.welcome["type"] == "welcome"
    assert idp.refreshed == 1
    idp.people["noor"]["groups"] = []
    later.forward(hours=10)
    with noor.bare_socket() as socket:
        assert socket.close_code() == Close.SIGNED_OUT


def test_who_leaves_while_their_second_step_waits_does_not_come_in_by_it(
    world: World, noor: Browser, idp: Forger, browse: Browse, later: Clock
) -> None:
    phone, other = switch_on(noor), browse()
    assert sign_on(other, world, idp, "noor") == "second_step"
    idp.people["noor"]["groups"] = []
    later.forward(minutes=5)
    assert authenticate(other, phone.code()).status == 200
    assert other.ask("GET", ME).status == 401


def test_another_subject_than_before_is_not_believed(noor: Browser, idp: Forger, later: Clock) -> None:
    idp.people["noor"]["sub"] = "pim"
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 401
    assert ended("untrue")


def test_a_role_that_changes_at_the_provider_changes_here(
    world: World, noor: Browser, idp: Forger, later: Clock
) -> None:
    person = id_of(noor)
    idp.people["noor"]["groups"] = ["behandelaren"]
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 200
    member = members.find(person, world.organisation)
    assert member is not None
    assert member.role.value == "practitioner"


def test_a_group_that_gives_another_role_from_now_on_is_followed_at_the_next_check(
    world: World, noor: Browser, idp: Forger, later: Clock
) -> None:
    person = id_of(noor)
    connected(world.organisation, idp.issuer, roles=(RoleOfGroup("planbureau", Role.SUPPORT),))
    later.forward(seconds=41)
    assert noor.ask("GET", ME).status == 200
    member = members.find(person, world.organisation)
    assert member is not None
    assert member.role is Role.SUPPORT


def test_sessions_without_sign_on_are_asked_nothing(browse: Browse, idp: Forger, later: Clock) -> None:
    anna = browse("anna")
    later.forward(minutes=20)
    assert anna.ask("GET", ME).status == 200
    with anna.socket():
        rounds.keep()
    assert not idp.asked


def test_what_is_kept_is_sealed(noor: Browser) -> None:
    del noor
    row = Check.objects.select_related("identity").get()
    kept = bytes(row.sealed) + bytes(Connection.objects.get().sealed) + str(vars(row.identity)).encode()
    for secret in (b"refresh", b"noor", b"een-geheim", b"127.0.0.1", b"planbureau"):
        assert secret not in kept


def test_switched_off_everybody_is_out_and_their_own_password_opens_their_account(
    world: World, noor: Browser, idp: Forger, browse: Browse
) -> None:
    del idp
    assert "is off. 1 people" in setting_up.switch_off("De Linde")
    assert noor.greet() is False
    assert not Session.objects.exclude(sign_on=None).exists()
    assert not Person.objects.exclude(sign_on=None).exists()
    assert browse().ask("GET", "/api/v1/sign-on").body == []
    assert Membership.objects.filter(organisation_id=world.organisation, active=True).count() == 10


@pytest.mark.parametrize("way", ["off", "another client"])
def test_switched_off_by_another_process_the_open_sockets_close_in_the_next_round(
    world: World, noor: Browser, idp: Forger, browse: Browse, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    anna = browse("anna")
    with noor.socket() as socket, anna.socket() as other:
        with monkeypatch.context() as elsewhere:
            for name in ("close_session", "close_person"):
                elsewhere.setattr(hub, name, lambda *_, **__: None)
            if way == "off":
                setting_up.switch_off("De Linde")
            else:
                groups = {Role.PLANNER: ["planbureau"]}
                setting_up.switch_on("De Linde", Wanted(idp.issuer, "another", SECRET, ["delinde.example"], groups))
        rounds.keep()
        assert socket.close_code() == Close.RESTART
        with noor.bare_socket() as again:
            assert again.close_code() == Close.SIGNED_OUT
        other.say(type="ping")
        assert other.hear("pong")
    del world


def test_another_issuer_knows_nobody_by_the_subjects_of_the_first(
    world: World, noor: Browser, idp: Forger, browse: Browse
) -> None:
    del noor
    connected(world.organisation, idp.issuer.replace("127.0.0.1", "localhost"))
    idp.issuer = idp.issuer.replace("127.0.0.1", "localhost")
    assert sign_on(browse(), world, idp, "noor") == "account_exists"
