"""Making an account from an invitation: A07, A08, A09, PWD-1, PWD-2."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.live import Answer, Browser
from tests.mailbox import newest_secret
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.accounts import terms
from zorgmessenger.accounts.models import Consent, Person
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.invitations import actions
from zorgmessenger.origin import NOWHERE
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
NEW = "noor@voorbeeld.example"


@pytest.fixture
def token(world: World) -> str:
    invitee = actions.Invitee("Noor", "Smit", NEW)
    actions.invite(rules.may_invite(world["bram"]), invitee, NOWHERE, "nl")
    return newest_secret(NEW)


def register(browser: Browser, token: str, **more: str) -> Answer:
    names = {"firstName": "Noor", "lastName": "Smit", "password": "Kuiltjes-op-12"}
    body = {"token": token, **names, **terms.VERSIONS, **more}
    return browser.ask("POST", "/api/v1/invitations/register", {k: v for k, v in body.items() if v != "-"})


def test_who_registers_is_signed_in_at_once_with_the_inviters_conversation_open(
    world: World, token: str, browse: Browse
) -> None:
    """A07, A09."""
    browser = browse()
    answer = register(browser, token)
    assert answer.status == 201
    assert browser.greet()
    me = browser.ask("GET", "/api/v1/me").body
    assert (me["firstName"], me["lastName"], me["emails"], me["language"]) == ("Noor", "Smit", [NEW], "nl")
    with browser.socket() as socket:
        [conversation] = socket.welcome["conversations"]
        assert conversation["id"] == answer.body["conversation"]
        assert {person["firstName"] for person in socket.welcome["people"]} == {"Noor", "Bram"}
    assert browse().sign_in("nobody").status == 422
    del world


def test_the_inviter_sees_the_new_client_at_once(world: World, token: str, browse: Browse) -> None:
    del world
    with browse("bram").socket() as bram:
        register(browse(), token)
        told = bram.hear("conversation")
        assert "Noor" in {person["firstName"] for person in told["people"]}


def test_both_consents_are_kept_with_version_and_time(token: str, browse: Browse) -> None:
    """A07."""
    before = clock.now()
    assert register(browse(), token).status == 201
    kept = {consent.kind: consent for consent in Consent.objects.all()}
    assert {kind: consent.version for kind, consent in kept.items()} == terms.VERSIONS
    assert all(before <= consent.at <= clock.now() for consent in kept.values())
    [logged] = AuditEntry.objects.filter(tag=Tag.REGISTERED)
    assert logged.detail == "privacy=2026-11-01,terms=2026-11-01"


@pytest.mark.parametrize("kind", ["terms", "privacy"])
def test_without_the_present_version_of_both_documents_there_is_no_account(
    token: str, browse: Browse, kind: str
) -> None:
    browser, people = browse(), Person.objects.count()
    for version, code in (("2020-01-01", "consent"), ("no", "consent"), ("-", "missing")):
        answer = register(browser, token, **{kind: version})
        assert answer.status == 422
        [field] = answer.body["fields"]
        assert (field["field"], field["code"]) == (kind, code)
        assert field["text"] == text(f"error.field.{code}")
    assert Person.objects.count() == people
    assert register(browser, token).status == 201, "the link still works"


def test_the_guides_example_is_a_password_and_its_five_others_miss_exactly_one_thing(
    token: str, browse: Browse
) -> None:
    """A08, PWD-1."""
    browser = browse()
    for password, missing in {
        "Abcde1!": "length",
        "abcdef1!": "upper",
        "ABCDEF1!": "lower",
        "Abcdefg!": "digit",
        "Abcdefg1": "special",
    }.items():
        answer = register(browser, token, password=password)
        code = f"password_{missing}"
        assert answer.status == 422
        assert answer.body["fields"] == [{"field": "password", "code": code, "text": text(f"error.field.{code}")}]
    assert register(browser, token, password="Abcdef1!").status == 201


def test_all_that_a_password_misses_is_named_at_once(token: str, browse: Browse) -> None:
    answer = register(browse(), token, password="é")
    assert {field["code"] for field in answer.body["fields"]} == {
        "password_length",
        "password_upper",
        "password_digit",
        "password_special",
    }


def test_a_password_of_many_kilobytes_costs_nothing(token: str, browse: Browse) -> None:
    answer = register(browse(), token, password="Aa1!" + "x" * 90_000)
    assert (answer.status, answer.body["fields"][0]["field"]) == (422, "password")


def test_passwords_that_everybody_tries_are_refused(token: str, browse: Browse) -> None:
    """PWD-2: also the Dutch ones, and those made of one's own name."""
    browser = browse()
    for password in (
        "Welkom01!",
        "W3lkom01!",
        "Wachtwoord1!",
        "Wachtw00rd!",
        "Zomer2026!",
        "Maandag1!",
        "Password1!",
        "P@ssw0rd1",
        "Qwerty123!",
        "Noorsmit1!",
        "Smit-noor-1",
        "Lindezorg-1",
        "De-Linde-2026",
        "Sinterklaas1!",
        "Zorgmessenger1!",
    ):
        answer = register(browser, token, password=password)
        assert answer.status == 422, password
        assert [field["code"] for field in answer.body["fields"]] == ["password_common"], password
    assert register(browser, token, password="Regen-tikt-op-7-ramen").status == 201


def test_the_account_speaks_the_language_it_was_made_in(token: str, browse: Browse) -> None:
    browser = browse()
    headers = {"Accept-Language": "en-GB,en;q=0.8,nl;q=0.5"}
    wrong = browser.ask("POST", "/api/v1/invitations/register", {"token": token}, **headers)
    assert wrong.body["text"] == text("error.invalid", "en")
    body = {"token": token, "firstName": "Noor", "lastName": "Smit", "password": "Kuiltjes-op-12", **terms.VERSIONS}
    assert browser.ask("POST", "/api/v1/invitations/register", body, **headers).status == 201
    browser.greet()
    assert browser.ask("GET", "/api/v1/me").body["language"] == "en"


def test_registrations_from_one_network_are_limited(
    token: str, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zorgmessenger.accounts import limits  # noqa: PLC0415

    monkeypatch.setattr(limits, "REGISTRATIONS", limits.Limit("registrations", 2, 60))
    browser = browse()
    assert [register(browser, "x" * 43).status for _ in range(3)] == [404, 404, 429]
    assert register(browser, token).status == 429


def test_an_account_that_cannot_be_logged_is_not_made(
    token: str, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zorgmessenger.audit import writer  # noqa: PLC0415

    browser, people = browse(), Person.objects.count()

    def broken(*_: object) -> None:
        raise OSError("no room for the log")

    with monkeypatch.context() as patch:
        patch.setattr(writer, "append", broken)
        assert register(browser, token).status == 500
    assert Person.objects.count() == people
    assert not Consent.objects.exists()
    assert not browser.greet()
    assert register(browser, token).status == 201


def test_an_invitation_that_expired_while_the_form_was_filled_in_makes_no_account(token: str, browse: Browse) -> None:
    from zorgmessenger.invitations.models import Invitation  # noqa: PLC0415

    browser = browse()
    assert browser.ask("POST", "/api/v1/invitations/look", {"token": token}).status == 200
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert register(browser, token).status == 404
