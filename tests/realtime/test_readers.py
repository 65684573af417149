"""JOI-1 and JOI-2: who is told to have read a withdrawn message is who read it, and not who began above it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from tests import hours
from tests.live import Browser
from tests.world import World
from zorgmessenger.access import rules
from zorgmessenger.audit.writer import audited
from zorgmessenger.availability import absences
from zorgmessenger.availability.rules import Plan
from zorgmessenger.conversations import teams
from zorgmessenger.conversations.joining import has_read
from zorgmessenger.messages.alterations import Altered
from zorgmessenger.messages.committer import MarkJob, commit
from zorgmessenger.organisations.models import Team
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]


def read(world: World, name: str, conversation: UUID, seq: int) -> None:
    """Somebody saw messages up to `seq`."""
    commit([MarkJob(world.id(name), NOWHERE, conversation, seq, seq, lambda _: None)])


def readers(world: World, sender: str, conversation: UUID, seq: int) -> list[UUID]:
    """Who had read what is withdrawn now."""
    ((_, outcome),) = commit([world.alter(sender, "withdraw", conversation, seq=seq)])
    assert isinstance(outcome, Altered), outcome
    return outcome.message.seen_by


@pytest.fixture
def group(world: World, browse: Browse) -> UUID:
    """Bram's group with Fatima, in which he wrote."""
    look = {"title": "Wandelgroep", "symbol": "leaf", "people": [str(world.id("fatima"))]}
    made = UUID(browse("bram").ask("POST", "/api/v1/groups", look).body["conversation"])
    world.send("bram", made, "een")
    return made


def add(world: World, browse: Browse, group: UUID, *, history: bool) -> None:
    """Bram brings Anna in."""
    body = {"person": str(world.id("anna")), "history": history}
    assert browse("bram").ask("POST", f"/api/v1/groups/{group}/people", body).status == 200


def test_joi_1_who_is_brought_into_a_group_later_has_read_nothing_of_before(
    world: World, browse: Browse, group: UUID
) -> None:
    add(world, browse, group, history=True)
    world.send("bram", group, "twee")
    read(world, "anna", group, 2)
    assert readers(world, "bram", group, 1) == []
    assert readers(world, "bram", group, 2) == [world.id("anna")]


@pytest.mark.parametrize("history", [True, False])
def test_joi_2_who_comes_back_has_still_read_what_they_read(
    world: World, browse: Browse, group: UUID, *, history: bool
) -> None:
    add(world, browse, group, history=True)
    for _ in range(2):
        seq = world.send("bram", group, "voor wie er is").seq
        read(world, "anna", group, seq)
        assert browse("bram").ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('anna')}").status == 200
        world.send("bram", group, "terwijl zij weg is")
        add(world, browse, group, history=history)
    assert [readers(world, "bram", group, seq) for seq in (2, 3, 4, 5)] == [
        [world.id("anna")],
        [],
        [world.id("anna")],
        [],
    ]


def test_joi_1_who_joins_a_team_has_read_nothing_of_before(world: World) -> None:
    conversation = world.conversations["petra", "anna"]
    world.send("petra", conversation, "verkeerd dossier")
    read(world, "pim", conversation, 1)
    with audited() as log:
        teams.join(log, Team.objects.get(pk=world.team("petra")), world.id("sem"))
    assert readers(world, "petra", conversation, 1) == [world.id("pim")]


def test_joi_1_who_stands_in_has_not_read_what_the_absent_one_read(world: World) -> None:
    conversation, today = world.conversations["bram", "anna"], hours.today()
    world.send("anna", conversation, "alleen voor Bram")
    read(world, "bram", conversation, 1)
    plan = Plan(today - timedelta(1), today + timedelta(2), world.id("fatima"))
    absences.plan(rules.may_plan_absence(world["bram"], world["bram"]), plan, NOWHERE)
    assert readers(world, "anna", conversation, 1) == [world.id("bram")]


def test_what_was_read_in_each_stay_is_kept_apart() -> None:
    read_in = [seq for seq in range(1, 20) if has_read(seq, read=18, read_from=15, read_earlier="0-3 10-12")]
    assert read_in == [1, 2, 3, 11, 12, 16, 17, 18]
