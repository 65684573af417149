"""Every refusal is logged: of whom, in which role, about which client, with the organisation that it concerns."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests import files
from tests.live import Browser
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.accounts import limits
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.ids import NIL
from zorgmessenger.invitations import actions as invitations
from zorgmessenger.origin import NOWHERE, network_address

Browse = Callable[..., Browser]
Line = tuple[UUID, str, UUID | None, str, str]


def lines(**wanted: Any) -> set[Line]:
    """Organisation, role, client, object and reason of each refusal."""
    rows = AuditEntry.objects.filter(tag=Tag.REFUSED, **wanted)
    return set(rows.values_list("organisation", "role", "subject", "object", "reason"))


def knock(browser: Browser, conversation: UUID) -> None:
    """Asks for a conversation at every door there is: the socket's four frames, and both of HTTP."""
    path = f"/api/v1/conversations/{conversation}/messages"
    assert browser.ask("GET", path).status == 404
    assert browser.ask("POST", path, {"id": str(uuid4()), "body": "binnen?"}).status == 404
    with browser.socket() as socket:
        socket.say(type="read", conversation=conversation, seq=1)
        socket.say(type="typing", conversation=conversation)
        socket.say(type="history", request=1, conversation=conversation, before=9)
        socket.say(type="send", id=uuid4(), conversation=conversation, body="binnen?")
        for _ in range(2):
            socket.hear("refused")
    for _ in range(100):
        if AuditEntry.objects.filter(tag=Tag.REFUSED, object=str(conversation)).count() >= 6:
            return
        time.sleep(0.05)
    raise AssertionError("six refusals, fewer entries")


@pytest.mark.parametrize(
    ("who", "role"), [("joris", "client"), ("petra", "planner"), ("fatima", "practitioner"), ("carla", "")]
)
def test_at_every_door_a_refusal_about_a_conversation_says_the_same(
    world: World, browse: Browse, who: str, role: str
) -> None:
    conversation = world.conversations["bram", "anna"]
    knock(browse(who), conversation)
    expected = (world.organisation, role, world.id("anna"), str(conversation), "not_found")
    assert lines(actor=world.id(who)) == {expected}
    assert AuditEntry.objects.filter(tag=Tag.REFUSED, actor=world.id(who)).count() == 6


def test_what_does_not_exist_is_in_the_log_of_the_organisation_that_somebody_acts_in(
    world: World, browse: Browse
) -> None:
    absent = uuid4()
    knock(browse("bram"), absent)
    assert lines(actor=world.id("bram")) == {(world.organisation, "practitioner", None, str(absent), "not_found")}


def test_refusals_about_people_and_invitations_say_whose_and_in_which_role(world: World, browse: Browse) -> None:
    invitee = invitations.Invitee("Noor", "Smit", "noor@voorbeeld.example")
    theirs = invitations.invite(rules.may_invite(world["fatima"]), invitee, NOWHERE, "nl").id
    home, bram = world.organisation, browse("bram")
    assert bram.ask("POST", "/api/v1/conversations", {"person": str(world.id("joris"))}).status == 404
    assert bram.ask("POST", f"/api/v1/invitations/{theirs}/resend").status == 404
    assert lines(actor=world.id("bram")) == {
        (home, "practitioner", world.id("joris"), "", "not_found"),
        (home, "practitioner", None, str(theirs), "not_found"),
    }
    assert browse("carla").ask("POST", f"/api/v1/invitations/{theirs}/withdraw").status == 404
    assert lines(actor=world.id("carla")) == {(home, "", None, str(theirs), "not_found")}
    assert browse("anna").ask("GET", "/api/v1/invitations").status == 403
    assert lines(actor=world.id("anna")) == {(home, "client", None, "", "forbidden")}


def test_refusals_about_files_say_whose_and_in_which_role(world: World, browse: Browse) -> None:
    conversation, home = world.conversations["bram", "anna"], world.organisation
    file = files.sent(world, "anna", conversation, b"een brief", "brief.txt")
    for who, role in (("petra", "planner"), ("carla", "")):
        assert browse(who).ask("GET", f"/api/v1/files/{file}/content").status == 404
        assert browse(who).ask("GET", f"/api/v1/files?conversation={conversation}").status == 404
        assert lines(actor=world.id(who)) == {
            (home, role, world.id("anna"), str(file), "not_found"),
            (home, role, world.id("anna"), str(conversation), "not_found"),
        }


def test_who_is_not_signed_in_whose_page_is_stale_and_who_asks_too_often_are_logged(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert browse().ask("GET", "/api/v1/me").status == 401
    assert lines(actor=None) == {(NIL, "", None, "", "sign_in_first")}
    login = "/_allauth/browser/v1/auth/login"
    assert browse().ask("POST", login, {}, **{"X-CSRFToken": "x"}).status == 403
    assert lines(actor=None, reason="csrf") == {(NIL, "", None, "", "csrf")}
    bram = browse("bram")
    assert bram.ask("POST", login, {}, **{"X-CSRFToken": "x"}).status == 403
    assert lines(actor=world.id("bram")) == {(world.organisation, "practitioner", None, "", "csrf")}
    monkeypatch.setattr(limits, "INVITATION_LOOK", limits.Limit("invitation_look", 0, 15))
    assert bram.ask("POST", "/api/v1/invitations/look", {"token": "x" * 43}).status == 429
    assert (world.organisation, "practitioner", None, "", "too_many") in lines(actor=world.id("bram"))


def test_visitors_cannot_fill_the_log_and_are_refused_all_the_same(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    monkeypatch.setattr(limits, "REFUSALS_LOGGED", limits.Limit("refusals_logged", 5, 1))
    stranger = browse()
    for _ in range(12):
        assert stranger.ask("GET", "/api/v1/me").status == 401
    logged = AuditEntry.objects.filter(tag=Tag.REFUSED).order_by("position")
    assert logged.count() == 6
    assert "left out" in logged.reverse()[0].detail
    assert browse("anna").ask("GET", "/api/v1/invitations").status == 403
    assert logged.count() == 7, "of who is signed in all are logged"
    with clock.at(clock.now() + timedelta(minutes=2)):
        limits.sweep()
    assert stranger.ask("GET", "/api/v1/me").status == 401
    assert logged.count() == 8


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("fe80::1%eth0", ""),
        ("geen adres", ""),
        ("127.0.0.1, 10.0.0.1", ""),
        ("", ""),
    ],
)
def test_an_address_is_one_or_nothing(said: str, kept: str) -> None:
    assert network_address(said) == kept
