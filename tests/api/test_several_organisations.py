"""One person, one account, several organisations: they act for the one they chose, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.live import Browser
from tests.world import World
from zorgmessenger.access.facts import Role
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations.models import Membership

Browse = Callable[..., Browser]
NOOR = {"firstName": "Noor", "lastName": "Smit", "email": "noor@x.example"}


def belongs(world: World, name: str, role: Role) -> None:
    """Somebody of De Linde belongs to Elders as well."""
    since = Membership.objects.get(person_id=world.id(name)).since
    Membership.objects.create(organisation_id=world.elsewhere, person_id=world.id(name), role=role.value, since=since)


@pytest.mark.parametrize("home", ["organisation", "elsewhere"])
def test_an_invitation_is_of_the_organisation_that_was_chosen(world: World, browse: Browse, home: str) -> None:
    belongs(world, "bram", Role.PLANNER)
    chosen = getattr(world, home)
    bram = browse("bram")
    assert bram.ask("POST", "/api/v1/invitations", NOOR).body["code"] == "choose_organisation"
    assert not Invitation.objects.exists()
    assert bram.ask("POST", "/api/v1/invitations", NOOR, **{"X-Organisation": str(chosen)}).status == 201
    assert Invitation.objects.get().organisation_id == chosen
    other = world.elsewhere if home == "organisation" else world.organisation
    listed = [bram.ask("GET", "/api/v1/invitations", **{"X-Organisation": str(one)}).body for one in (chosen, other)]
    assert [len(one) for one in listed] == [1, 0]
    path = f"/api/v1/invitations/{Invitation.objects.get().id}/withdraw"
    assert bram.ask("POST", path, **{"X-Organisation": str(other)}).status == 404
    assert bram.ask("POST", path, **{"X-Organisation": str(chosen)}).status == 200


def test_who_works_in_one_and_is_a_client_in_another_acts_where_they_work(world: World, browse: Browse) -> None:
    belongs(world, "bram", Role.CLIENT)
    bram = browse("bram")
    assert bram.ask("POST", "/api/v1/invitations", NOOR, **{"X-Organisation": str(world.elsewhere)}).status == 403
    assert bram.ask("POST", "/api/v1/invitations", NOOR).status == 201
    assert Invitation.objects.get().organisation_id == world.organisation


def test_what_is_no_organisation_of_theirs_gives_no_right(world: World, browse: Browse) -> None:
    ingrid = browse("ingrid")
    for wrong in (str(world.elsewhere), "x", "0", "../", str(world.id("ingrid"))):
        assert ingrid.ask("GET", "/api/v1/console/people", **{"X-Organisation": wrong}).status == 403, wrong
    assert ingrid.ask("GET", "/api/v1/console/people", **{"X-Organisation": str(world.organisation)}).status == 200


def test_a_conversation_is_started_where_both_are(world: World, browse: Browse) -> None:
    belongs(world, "bram", Role.PRACTITIONER)
    started = browse("bram").ask("POST", "/api/v1/conversations", {"person": str(world.id("carla"))})
    assert started.status == 200
    with browse("carla").socket() as carla:
        mine = next(one for one in carla.welcome["conversations"] if one["id"] == started.body["conversation"])
        assert mine["organisation"] == str(world.elsewhere)
    assert browse("bram").ask("POST", "/api/v1/conversations", {"person": str(world.id("anna"))}).status == 200


def test_an_administrator_of_two_runs_the_one_they_chose(world: World, browse: Browse) -> None:
    belongs(world, "ingrid", Role.ADMINISTRATOR)
    ingrid = browse("ingrid")
    assert ingrid.ask("GET", "/api/v1/console/people").body["code"] == "choose_organisation"
    for chosen, names in ((world.elsewhere, {"Carla", "Ingrid"}), (world.organisation, {"Bram", "Pim", "Ingrid"})):
        headers = {"X-Organisation": str(chosen)}
        listed = {one["firstName"] for one in ingrid.ask("GET", "/api/v1/console/people", **headers).body}
        assert names <= listed
        assert ("Carla" in listed) == (chosen == world.elsewhere)
    there = {"X-Organisation": str(world.elsewhere)}
    path = f"/api/v1/console/people/{world.id('bram')}/leaving"
    assert ingrid.ask("GET", path, **there).status == 404
