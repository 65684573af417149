"""How calls go is the administrator's to set; when nothing rings is everybody's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.live import Browser
from tests.world import World
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.organisations.call_rules import StoredCallRules
from zorgmessenger.realtime.protocol import Close

Browse = Callable[..., Browser]
PATH = "/api/v1/console/calls"
RULES = {"waitingRoom": False, "question": {"nl": "Zit u ergens alleen?", "en": ""}}


def test_before_they_are_set_clients_wait_and_are_asked_in_the_apps_own_words(world: World, browse: Browse) -> None:
    del world
    assert browse("ingrid").ask("GET", PATH).body == {"waitingRoom": True, "question": {"nl": "", "en": ""}}


def test_what_is_set_is_sealed_logged_and_told_to_who_is_connected(world: World, browse: Browse) -> None:
    anna, carla = browse("anna"), browse("carla")
    with anna.socket() as phone, carla.socket() as elsewhere:
        assert phone.welcome["organisations"][0]["calls"] == {"waitingRoom": True}
        assert browse("ingrid").ask("PUT", PATH, RULES).status == 200
        assert phone.close_code() == Close.RESTART
        elsewhere.say(type="ping")
        assert elsewhere.hear()["type"] == "pong"
    with anna.socket() as phone:
        assert phone.welcome["organisations"][0]["calls"] == {"waitingRoom": False, "nl": "Zit u ergens alleen?"}
    assert b"alleen" not in bytes(StoredCallRules.objects.get(pk=world.organisation).question_sealed)
    browse("ingrid").ask("PUT", PATH, RULES)
    entry = AuditEntry.objects.get(tag=Tag.CALL_RULES_SET.value)
    assert (entry.actor, entry.detail) == (world.id("ingrid"), "waiting_room=False")


@pytest.mark.parametrize(
    "rules",
    [
        {"waitingRoom": "yes please", "question": {"nl": "", "en": ""}},
        {"waitingRoom": True, "question": {"nl": "x" * 301, "en": ""}},
        {"waitingRoom": True, "question": {"nl": ""}},
        {"waitingRoom": True},
    ],
)
def test_rules_that_are_none_are_refused(world: World, browse: Browse, rules: dict[str, Any]) -> None:
    del world
    assert browse("ingrid").ask("PUT", PATH, rules).status == 422


def test_quiet_hours_are_told_to_ones_own_devices_and_end_when_they_are_taken_away(
    world: World, browse: Browse
) -> None:
    anna = browse("anna")
    with anna.socket() as phone:
        assert "quiet" not in phone.welcome["me"]
        assert anna.ask("PUT", "/api/v1/me/quiet-hours", {"hours": [1320, 420]}).status == 200
        assert phone.close_code() == Close.RESTART
    with anna.socket() as phone:
        assert phone.welcome["me"]["quiet"] == [1320, 420]
    assert anna.ask("GET", "/api/v1/me").body["quiet"] == [1320, 420]
    assert anna.ask("PUT", "/api/v1/me/quiet-hours", {"hours": []}).status == 200
    assert anna.ask("GET", "/api/v1/me").body["quiet"] == []
    assert AuditEntry.objects.filter(tag=Tag.QUIET_HOURS_SET.value, actor=world.id("anna")).count() == 2


@pytest.mark.parametrize("hours", [[1320], [420, 420], [-1, 420], [0, 1440], [1, 2, 3], ["nacht"], None])
def test_hours_that_are_none_are_refused(world: World, browse: Browse, hours: Any) -> None:
    del world
    assert browse("anna").ask("PUT", "/api/v1/me/quiet-hours", {"hours": hours}).status == 422
