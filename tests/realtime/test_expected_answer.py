"""A client knows when an answer may be expected before they write: to a team, and to whoever joins a conversation."""

from __future__ import annotations

from collections.abc import Callable

from tests.hours import NEVER, set_hours
from tests.live import Browser
from tests.world import World, meet
from zorgmessenger.access import rules
from zorgmessenger.conversations import groups
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]


def test_a_client_knows_it_of_every_team_they_can_write_to_and_of_no_other(world: World, browse: Browse) -> None:
    with browse("joris").socket() as joris:
        known = {one["of"] for one in joris.welcome["availability"]}
    assert known == {str(world.id("fatima")), str(world.team("petra")), str(world.team("sem"))}


def test_a_client_with_a_team_open_sees_its_hours_change(world: World, browse: Browse) -> None:
    """Also where they have not written to it yet."""
    hours: dict[str, list[list[int]]] = {"week": [[] for _ in range(7)]}
    with browse("joris").socket() as joris:
        assert browse("ingrid").ask("PUT", f"/api/v1/hours/{world.team('sem')}", hours).status == 200
        told = {one["of"]: one for one in joris.hear("availability")["availability"]}
        assert not told[str(world.team("sem"))].get("openings")


def test_it_comes_with_a_new_conversation(world: World, browse: Browse) -> None:
    set_hours(world.organisation, NEVER, world.id("bram"))
    with browse("joris").socket() as joris:
        conversation = meet(world, "bram", "joris")
        assert joris.hear("conversation")["conversation"]["id"] == str(conversation)
        told = {one["of"]: one for one in joris.hear("availability")["availability"]}
        assert not told[str(world.id("bram"))].get("openings")


def test_it_comes_with_who_joins_a_group(world: World, browse: Browse) -> None:
    proof = rules.may_make_group(world["fatima"], {world.id("joris"): (world["joris"], True)})
    group = groups.make(proof, "Samen", "leaf", NOWHERE)
    with browse("joris").socket() as joris:
        assert str(world.id("bram")) not in {one["of"] for one in joris.welcome["availability"]}
        path = f"/api/v1/groups/{group}/people"
        added = browse("fatima").ask("POST", path, {"person": str(world.id("bram")), "history": False})
        assert added.status < 300
        assert str(world.id("bram")) in {one["of"] for one in joris.hear("availability")["availability"]}
