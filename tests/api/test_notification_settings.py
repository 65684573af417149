"""What somebody chose about being told: theirs, on all their devices, logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import address_of
from tests.live import Browser
from tests.mailbox import token_for, wait_until_left
from tests.world import World
from zorgmessenger.accounts import undeliverable
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.delivery import refused
from zorgmessenger.notifications.models import Recipient

Browse = Callable[..., Browser]
PATH = "/api/v1/me/notifications"


def test_before_anything_is_chosen_a_mail_goes_after_a_quarter(world: World, browse: Browse) -> None:
    del world
    found = browse("anna").ask("GET", PATH).body
    assert len(found.pop("pushKey")) == 87
    assert found == {
        "mailAfter": 15,
        "devices": 0,
        "here": False,
        "addresses": [{"address": address_of("anna"), "arrives": True}],
    }


@pytest.mark.parametrize("minutes", [0, 15, 60, None])
def test_what_is_chosen_holds_and_is_logged(world: World, browse: Browse, minutes: int | None) -> None:
    anna = browse("anna")
    assert anna.ask("PUT", PATH, {"mailAfter": minutes}).status == 200
    assert anna.ask("GET", PATH).body["mailAfter"] == minutes
    assert browse("bram").ask("GET", PATH).body["mailAfter"] == 15
    entry = AuditEntry.objects.get(tag=Tag.NOTIFICATIONS_SET.value)
    stored = Recipient.NEVER if minutes is None else minutes
    assert (entry.actor, entry.detail) == (world.id("anna"), f"mail_after={stored}")


@pytest.mark.parametrize("minutes", [1, -1, 61, "15", True, 15.5, [], {}])
def test_other_times_are_refused(world: World, browse: Browse, minutes: Any) -> None:
    del world
    assert browse("anna").ask("PUT", PATH, {"mailAfter": minutes}).status == 422


def test_a_mute_is_told_to_all_of_ones_own_devices_and_to_nobody_else(world: World, browse: Browse) -> None:
    conversation = str(world.conversations["bram", "anna"])
    anna, path = browse("anna"), f"/api/v1/conversations/{conversation}/mute"
    with anna.socket() as phone, browse("anna").socket() as laptop, browse("bram").socket() as other:
        assert "mutes" not in phone.welcome
        until = anna.ask("PUT", path, {"howLong": "hour"}).body["until"]
        for device in (phone, laptop):
            told = device.hear("muted")
            assert (told["conversation"], told["until"][:19]) == (conversation, until[:19])
        other.say(type="ping")
        assert other.hear()["type"] == "pong"
    with browse("anna").socket() as again:
        assert [mute["conversation"] for mute in again.welcome["mutes"]] == [conversation]
        assert anna.ask("PUT", path, {"howLong": "no"}).body == {"until": None}
        assert "until" not in again.hear("muted")
    with browse("anna").socket() as again:
        assert "mutes" not in again.welcome
    entries = AuditEntry.objects.filter(tag=Tag.CONVERSATION_MUTED.value).order_by("position")
    assert [(entry.actor, entry.object, entry.detail) for entry in entries] == [
        (world.id("anna"), conversation, "hour"),
        (world.id("anna"), conversation, "no"),
    ]


def test_a_mail_that_came_back_later_is_as_one_that_was_refused_at_once(world: World, browse: Browse) -> None:
    for _ in range(2):
        undeliverable.note_returned(token_for(address_of("anna")))
    entry = AuditEntry.objects.get(tag=Tag.MAIL_REFUSED.value)
    assert entry.subject == world.id("anna")
    assert browse("anna").ask("GET", PATH).body["addresses"][0]["arrives"] is False
    undeliverable.note_returned(token_for("niemand@voorbeeld.example"))
    assert [row.subject for row in AuditEntry.objects.filter(tag=Tag.MAIL_REFUSED.value)] == [world.id("anna"), None]


def test_that_mail_does_not_arrive_is_logged_once_and_shown_to_the_person_and_to_who_invited(
    world: World, browse: Browse
) -> None:
    for _ in range(2):
        undeliverable.note(address_of("anna"))
    entry = AuditEntry.objects.get(tag=Tag.MAIL_REFUSED.value)
    assert entry.subject == world.id("anna")
    assert browse("anna").ask("GET", PATH).body["addresses"][0]["arrives"] is False
    bram = browse("bram")
    invitee = {"firstName": "Noor", "lastName": "Smit", "email": "noor@voorbeeld.example"}
    assert bram.ask("POST", "/api/v1/invitations", invitee).body["arrives"] is True
    wait_until_left()
    undeliverable.note_returned(token_for("noor@voorbeeld.example"))
    assert [one["arrives"] for one in bram.ask("GET", "/api/v1/invitations").body] == [False]
    assert [one["arrives"] for one in browse("ingrid").ask("GET", "/api/v1/console/invitations").body] == [False]
    refused.forget("noor@voorbeeld.example")
    assert [one["arrives"] for one in bram.ask("GET", "/api/v1/invitations").body] == [True]
