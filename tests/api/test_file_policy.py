"""What may be sent is the administrator's to set, within what the host allows; the figures tell of no person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import files
from tests.live import Browser
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.access.facts import MessageFacts
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import facts
from zorgmessenger.files import copies
from zorgmessenger.realtime.protocol import Close

Browse = Callable[..., Browser]
MIB = 1024 * 1024
PATH = "/api/v1/console/files"
USUAL = ["picture", "pdf", "document", "audio", "video"]


def put(browser: Browser, **policy: Any) -> tuple[int, str]:
    answer = browser.ask("PUT", PATH, {"largestMib": 20, "kinds": ["picture"], **policy})
    return answer.status, answer.body.get("code", "")


def test_before_it_is_set_it_is_what_the_host_allows_and_the_usual_kinds(world: World, browse: Browse) -> None:
    del world
    assert browse("ingrid").ask("GET", PATH).body == {
        "largestMib": 100,
        "hostLargestMib": 100,
        "kinds": USUAL,
        "used": 0,
        "count": 0,
        "scanned": False,
    }


def test_what_is_set_holds_for_what_is_sent_from_then_on(world: World, browse: Browse) -> None:
    assert put(browse("ingrid"), largestMib=1, kinds=["pdf", "archive", "pdf"]) == (200, "")
    found = browse("ingrid").ask("GET", PATH).body
    assert (found["largestMib"], found["kinds"]) == (1, ["pdf", "archive"])
    anna, conversation = browse("anna"), world.conversations["bram", "anna"]
    assert files.begin(anna, conversation, b"x" * (MIB + 1), "a.pdf").body["code"] == "file_too_large"
    begun = files.begin(anna, conversation, b"een brief", "a.txt")
    assert files.put(anna, begun.body["file"]["id"], 0, b"een brief").body["code"] == "file_kind"


@pytest.mark.parametrize(
    "policy",
    [
        {"largestMib": 0},
        {"largestMib": -1},
        {"largestMib": 101},
        {"largestMib": 1.5},
        {"largestMib": 2**31},
        {"kinds": []},
        {"kinds": ["program"]},
        {"kinds": USUAL * 2},
        {"more": 1},
    ],
)
def test_a_policy_that_is_none_is_refused(world: World, browse: Browse, policy: dict[str, Any]) -> None:
    del world
    assert put(browse("ingrid"), **policy) == (422, "invalid")


def test_who_is_connected_learns_it_at_once_and_nobody_of_another_organisation(world: World, browse: Browse) -> None:
    del world
    anna, carla = browse("anna"), browse("carla")
    with anna.socket() as phone, carla.socket() as elsewhere:
        (home,) = phone.welcome["organisations"]
        assert home["files"]["largest"] == 100 * MIB
        assert put(browse("ingrid")) == (200, "")
        assert phone.close_code() == Close.RESTART
        assert elsewhere.silent()
    with anna.socket() as phone:
        (home,) = phone.welcome["organisations"]
        assert home["files"] == {"largest": 20 * MIB, "kinds": ["picture"], "scanned": False}


def test_what_is_set_again_as_it_is_changes_nothing(world: World, browse: Browse) -> None:
    ingrid = browse("ingrid")
    assert put(ingrid) == put(ingrid) == (200, "")
    (entry,) = AuditEntry.objects.filter(tag=Tag.FILE_POLICY_SET)
    assert (entry.organisation, entry.actor, entry.detail) == (
        world.organisation,
        world.id("ingrid"),
        "largest=20 kinds=picture",
    )


def test_the_room_is_that_of_ones_own_organisation_and_a_forwarded_file_takes_none(
    world: World, browse: Browse
) -> None:
    treatment, elsewhere = world.conversations["bram", "anna"], world.conversations["carla", "dora"]
    files.sent(world, "anna", treatment, b"x" * 1000, "a.txt")
    files.made(world, "bram", treatment, b"x" * 500, "b.txt")
    files.sent(world, "dora", elsewhere, b"x" * 9000, "c.txt")
    _forwarded(world)
    found = browse("ingrid").ask("GET", PATH)
    assert (found.body["used"], found.body["count"]) == (1500, 2)
    assert b"a.txt" not in found.raw


def _forwarded(world: World) -> None:
    """Anna's file once more in the same conversation."""
    known = facts.one(world.conversations["bram", "anna"])
    member = known.members[world.id("bram")]
    message = MessageFacts(1, world.id("anna"), clock.now(), withdrawn=False)
    proof = rules.may_forward(member, known.facts, message, rules.may_send(member, known.facts))
    assert len(copies.copied(proof, clock.now())) == 1
