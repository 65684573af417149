"""One person, one account, several organisations: they act for the one they chose, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.cast import address_of
from tests.live import Browser
from tests.world import World
from zorgmessenger import ids
from zorgmessenger.access.facts import Role
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations.models import BreakGlass, Membership

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


def test_what_is_found_is_of_the_organisation_that_is_asked_for(world: World, browse: Browse) -> None:
    """More hits in the other one take no place from these."""
    belongs(world, "bram", Role.PRACTITIONER)
    there = browse("bram").ask("POST", "/api/v1/conversations", {"person": str(world.id("carla"))})
    here, elsewhere = world.conversations["bram", "anna"], UUID(there.body["conversation"])
    world.send("anna", here, "verslag van hier")
    for number in range(40):
        world.send("carla", elsewhere, f"verslag van daar {number}")
    with browse("bram").socket() as bram:
        for organisation, hits, more in (
            (world.organisation, {"verslag van hier"}, False),
            (world.elsewhere, {f"verslag van daar {number}" for number in range(10, 40)}, True),
            (world.id("bram"), set(), False),
        ):
            bram.say(type="search", request=1, text="verslag", organisation=organisation)
            found = bram.hear("found")
            assert ({hit["message"]["body"] for hit in found["hits"]}, found["more"]) == (hits, more)
    logged = AuditEntry.objects.filter(tag=Tag.SEARCHED).order_by("at").values_list("organisation", flat=True)
    assert sorted(logged) == sorted([world.organisation, world.elsewhere])


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


def test_hours_notices_and_group_names_are_of_the_organisation_that_was_chosen(world: World, browse: Browse) -> None:
    belongs(world, "ingrid", Role.ADMINISTRATOR)
    ingrid = browse("ingrid")
    here, there = ({"X-Organisation": str(one)} for one in (world.organisation, world.elsewhere))
    for method, path in (("GET", "/notice"), ("GET", f"/hours/{world.elsewhere}"), ("GET", "/me/group-name")):
        assert ingrid.ask(method, f"/api/v1{path}").body["code"] == "choose_organisation", path
    assert ingrid.ask("GET", f"/api/v1/hours/{world.elsewhere}", **here).status == 404
    assert ingrid.ask("GET", f"/api/v1/hours/{world.elsewhere}", **there).status == 200
    assert ingrid.ask("GET", f"/api/v1/people/{world.id('bram')}/absences", **there).status == 404
    both = {"nl": "Bel ons.", "en": "Call us."}
    words = {"notice": both, "phones": [], "reply": both, "replies": True}
    assert ingrid.ask("PUT", "/api/v1/notice", words, **there).status == 200
    told = [ingrid.ask("GET", "/api/v1/notice", **one).body["notice"]["nl"] for one in (here, there)]
    assert told == ["", "Bel ons."]
    assert ingrid.ask("PUT", "/api/v1/me/group-name", {"name": "Zon"}, **there).status == 200
    assert [ingrid.ask("GET", "/api/v1/me/group-name", **one).body["name"] for one in (here, there)] == ["", "Zon"]


def test_break_glass_is_used_where_they_act(world: World, browse: Browse) -> None:
    belongs(world, "bram", Role.PRACTITIONER)
    bram, body = browse("bram"), {"email": address_of("dora"), "reason": "overdracht bij ziekte"}
    assert bram.ask("POST", "/api/v1/break-glass", body).body["code"] == "choose_organisation"
    here = bram.ask("POST", "/api/v1/break-glass", body, **{"X-Organisation": str(world.organisation)})
    assert here.body["code"] == "no_such_client"
    assert bram.ask("POST", "/api/v1/break-glass", body, **{"X-Organisation": str(world.elsewhere)}).status == 201
    assert BreakGlass.objects.get().organisation_id == world.elsewhere


def test_a_refusal_is_in_the_log_of_the_organisation_that_was_chosen(world: World, browse: Browse) -> None:
    belongs(world, "bram", Role.PLANNER)
    bram = browse("bram")
    for path in (f"/api/v1/conversations/{ids.new()}/messages", "/api/v1/console/people"):
        for chosen, role in ((world.organisation, "practitioner"), (world.elsewhere, "planner"), (None, "")):
            headers = {"X-Organisation": str(chosen)} if chosen else {}
            assert bram.ask("GET", path, **headers).status in {403, 404}
            newest = AuditEntry.objects.filter(tag=Tag.REFUSED).order_by("-pk")[0]
            assert (newest.organisation, newest.role) == (chosen or ids.NIL, role)
