"""An administrator's people: inviting staff, roles, teams, and what of others they see.

STF-1 … STF-3 of `invitations.staff`, PPL-1 … PPL-3 of `console.people`, ACC-11 and ACC-12 of `access.rules`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import address_of
from tests.live import Answer, Browser
from tests.mailbox import letters, newest_secret
from tests.world import World, add_person
from zorgmessenger import clock
from zorgmessenger.access.facts import Role
from zorgmessenger.accounts import limits, terms
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.console.founding import found
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations.models import Membership, Organisation

Browse = Callable[..., Browser]
NEW = "noor@voorbeeld.example"


def invite(browser: Browser, role: str = "planner", email: str = NEW) -> Answer:
    body = {"firstName": "Noor", "lastName": "Smit", "email": email, "role": role}
    return browser.ask("POST", "/api/v1/console/invitations", body)


def register(browser: Browser, token: str) -> Answer:
    names = {"firstName": "Noor", "lastName": "Smit", "password": "Kuiltjes-op-12"}
    answer = browser.ask("POST", "/api/v1/invitations/register", {"token": token, **names, **terms.VERSIONS})
    browser.greet()
    return answer


def member(world: World, name: str) -> Membership:
    return Membership.objects.get(organisation_id=world.organisation, person_id=world.id(name))


def people(browser: Browser) -> dict[str, Any]:
    return {one["firstName"].lower(): one for one in browser.ask("GET", "/api/v1/console/people").body}


# --- inviting -------------------------------------------------------------------------------------------------------


def test_stf_2_who_accepts_is_staff_in_their_role_and_team_and_has_no_conversation(
    world: World, browse: Browse
) -> None:
    assert invite(browse("ingrid")).status == 201
    mail = letters(NEW)[-1]
    assert "Ingrid van Toneel" in mail.subject
    assert "Noor" not in mail.plain
    newcomer = browse()
    looked = newcomer.ask("POST", "/api/v1/invitations/look", {"token": newest_secret(NEW)}).body
    assert (looked["role"], looked["inviter"]["role"]) == ("planner", "administrator")
    accepted = register(newcomer, newest_secret(NEW))
    assert (accepted.status, accepted.body) == (201, {"conversation": None})
    with newcomer.socket() as socket:
        assert [one["role"] for one in socket.welcome["organisations"]] == ["planner"]
        assert {one["kind"] for one in socket.welcome["conversations"]} == {"planning"}
        assert str(world.team("petra")) in {one["id"] for one in socket.welcome["teams"] if one.get("mine")}
    again = browse().ask("POST", "/api/v1/invitations/look", {"token": newest_secret(NEW)})
    assert (again.status, again.body["code"]) == (404, "invitation_unusable")


def test_stf_2_somebody_with_an_account_elsewhere_links_it(world: World, browse: Browse) -> None:
    invite(browse("ingrid"), "practitioner", "carla@delinde.example")
    token = newest_secret("carla@delinde.example")
    answer = browse("carla").ask("POST", "/api/v1/invitations/link", {"token": token})
    assert (answer.status, answer.body) == (200, {"conversation": None})
    assert member(world, "carla").role == Role.PRACTITIONER.value
    listed = people(browse("ingrid"))
    assert listed["carla"]["email"] == "carla@delinde.example", "PPL-2: not the address they have elsewhere"


def test_stf_3_nobody_changes_sides(world: World, browse: Browse) -> None:
    ingrid = browse("ingrid")
    assert invite(ingrid, email=address_of("anna")).body["code"] == "client_here"
    assert invite(ingrid, email=address_of("bram")).body["code"] == "already_member"
    invite(ingrid, "support", "anna@elders.example")
    token = newest_secret("anna@elders.example")
    assert browse("anna").ask("POST", "/api/v1/invitations/link", {"token": token}).body["code"] == "client_here"
    assert member(world, "anna").role == Role.CLIENT.value
    assert browse("sem").ask("POST", "/api/v1/invitations/link", {"token": token}).body["code"] == "already_member"


@pytest.mark.parametrize(
    ("name", "role", "code"), [("fatima", "client", "already_staff"), ("joris", "support", "client_here")]
)
def test_stf_3_nobody_comes_back_on_the_other_side(
    world: World, browse: Browse, name: str, role: str, code: str
) -> None:
    """Who left as staff does not get that role again by an invitation as a client."""
    organisations.deactivate(world.organisation, world.id(name))
    if role == "client":
        body = {"firstName": "Een", "lastName": "Ander", "email": "een@voorbeeld.example"}
        assert browse("bram").ask("POST", "/api/v1/invitations", body).status == 201
    else:
        invite(browse("ingrid"), role, "een@voorbeeld.example")
    token = newest_secret("een@voorbeeld.example")
    answer = browse(name).ask("POST", "/api/v1/invitations/link", {"token": token})
    assert (answer.status, answer.body["code"]) == (409, code)
    assert not member(world, name).active


def test_staff_who_come_back_get_the_role_they_are_invited_for(world: World, browse: Browse) -> None:
    organisations.deactivate(world.organisation, world.id("fatima"))
    assert invite(browse("ingrid"), "privacy_officer", address_of("fatima")).status == 201
    token = newest_secret(address_of("fatima"))
    assert browse("fatima").ask("POST", "/api/v1/invitations/link", {"token": token}).status == 200
    assert (member(world, "fatima").active, member(world, "fatima").role) == (True, "privacy_officer")


def test_one_open_invitation_each_whoever_sends_it(world: World, browse: Browse) -> None:
    add_person(world.organisation, "karel", Role.ADMINISTRATOR)
    assert invite(browse("ingrid")).status == 201
    again = invite(browse("karel"), "support")
    assert (again.status, again.body["code"]) == (409, "invitation_open")


def test_an_expired_invitation_gives_way_whoever_sent_it(world: World, browse: Browse) -> None:
    Membership.objects.filter(person_id=world.id("vera")).update(role="administrator")
    assert invite(browse("vera")).status == 201
    old = newest_secret(NEW)
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert invite(browse("ingrid"), "support").status == 201
    assert browse().ask("POST", "/api/v1/invitations/look", {"token": old}).status == 404
    assert browse().ask("POST", "/api/v1/invitations/look", {"token": newest_secret(NEW)}).body["role"] == "support"
    assert AuditEntry.objects.filter(tag=Tag.INVITATION_WITHDRAWN, actor=world.id("ingrid")).count() == 1


def test_only_an_invitation_that_is_sent_counts(world: World, browse: Browse) -> None:
    del world
    ingrid = browse("ingrid")
    assert invite(ingrid).status == 201
    for _ in range(limits.MAIL_RECIPIENT.times + 2):
        assert invite(ingrid).body["code"] == "invitation_open"
    Invitation.objects.all().delete()
    for _ in range(limits.MAIL_RECIPIENT.times - 1):
        assert invite(ingrid).status == 201
        Invitation.objects.all().delete()
    assert invite(ingrid).status == 429
    assert not Invitation.objects.exists()


def test_a_link_of_who_is_no_administrator_any_more_is_dead(world: World, browse: Browse) -> None:
    invite(browse("ingrid"))
    Membership.objects.filter(person_id=world.id("ingrid")).update(role="practitioner")
    assert register(browse(), newest_secret(NEW)).body["code"] == "invitation_unusable"


def test_every_open_invitation_of_the_organisation_is_seen_and_can_be_withdrawn(world: World, browse: Browse) -> None:
    del world
    browse("bram").ask("POST", "/api/v1/invitations", {"firstName": "Daan", "lastName": "Bos", "email": NEW})
    browse("carla").ask("POST", "/api/v1/invitations", {"firstName": "Els", "lastName": "Bos", "email": "e@x.example"})
    ingrid = browse("ingrid")
    [one] = ingrid.ask("GET", "/api/v1/console/invitations").body
    assert (one["email"], one["role"], one["inviter"], one["mine"]) == (NEW, "client", "Bram van Toneel", False)
    old = newest_secret(NEW)
    assert ingrid.ask("POST", f"/api/v1/console/invitations/{one['id']}/resend").status == 200
    assert "Bram van Toneel" in letters(NEW)[-1].subject
    assert browse().ask("POST", "/api/v1/invitations/look", {"token": old}).status == 404
    assert ingrid.ask("POST", f"/api/v1/console/invitations/{one['id']}/withdraw").status == 200
    assert ingrid.ask("GET", "/api/v1/console/invitations").body == []


# --- people and roles -----------------------------------------------------------------------------------------------


def test_ppl_1_staff_are_listed_and_no_client(world: World, browse: Browse) -> None:
    listed = people(browse("ingrid"))
    assert listed.keys() == {"bram", "fatima", "petra", "pim", "sem", "ingrid", "vera"}
    assert listed["bram"]["email"] == address_of("bram")
    assert AuditEntry.objects.filter(tag=Tag.MEMBERS_LISTED, actor=world.id("ingrid")).count() == 1


def test_ppl_2_an_address_of_elsewhere_is_not_shown(world: World, browse: Browse) -> None:
    organisations_of_sem = Membership(
        organisation_id=world.elsewhere, person_id=world.id("sem"), role="client", since=member(world, "sem").since
    )
    organisations_of_sem.save()
    assert people(browse("ingrid"))["sem"]["email"] == ""


def test_ppl_3_another_role_takes_the_teams_with_it_and_gives_its_own(world: World, browse: Browse) -> None:
    planning, support = world.team("petra"), world.team("sem")
    with browse("petra").socket() as petra:
        path = f"/api/v1/console/people/{world.id('petra')}/role"
        assert browse("ingrid").ask("PUT", path, {"role": "support"}).status == 200
        assert petra.hear("gone")["conversation"] == str(world.conversations["petra", "anna"])
        assert petra.close_code() == 1012, "her devices come back and read everything anew"
    with browse("petra").socket() as petra:
        mine = {one["id"] for one in petra.welcome["teams"] if one.get("mine")}
        assert (str(planning) in mine, str(support) in mine) == (False, True)
    changed = AuditEntry.objects.get(tag=Tag.ROLE_CHANGED)
    assert (changed.actor, changed.object, changed.detail) == (
        world.id("ingrid"),
        str(world.id("petra")),
        "planner>support",
    )


def test_ppl_3_a_practitioner_hands_over_first(world: World, browse: Browse) -> None:
    ingrid, bram = browse("ingrid"), world.id("bram")
    refused = ingrid.ask("PUT", f"/api/v1/console/people/{bram}/role", {"role": "administrator"})
    assert (refused.status, refused.body["code"]) == (403, "hand_over_first")
    successors = [
        {"conversation": str(world.conversations["bram", "anna"]), "colleague": str(world.id("fatima"))},
    ]
    done = ingrid.ask("POST", f"/api/v1/console/people/{bram}/hand-over", {"successors": successors})
    assert done.status == 200
    assert ingrid.ask("PUT", f"/api/v1/console/people/{bram}/role", {"role": "administrator"}).status == 200
    assert browse("bram").ask("POST", "/api/v1/conversations", {"person": str(world.id("anna"))}).status == 404


def test_acc_12_an_organisation_keeps_an_administrator(world: World, browse: Browse) -> None:
    ingrid, herself = browse("ingrid"), world.id("ingrid")
    for method, path, body in (
        ("PUT", "role", {"role": "practitioner"}),
        ("POST", "deactivate", {"successors": []}),
    ):
        answer = ingrid.ask(method, f"/api/v1/console/people/{herself}/{path}", body)
        assert (answer.status, answer.body["code"]) == (403, "last_administrator")


def test_acc_12_two_administrators_who_remove_each_other_at_once_leave_one(world: World, browse: Browse) -> None:
    other = add_person(world.organisation, "karel", Role.ADMINISTRATOR).person
    targets = {"ingrid": other, "karel": world.id("ingrid")}
    browsers = {name: browse(name) for name in targets}

    def remove(name: str) -> int:
        path = f"/api/v1/console/people/{targets[name]}/deactivate"
        return browsers[name].ask("POST", path, {"successors": []}).status

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(remove, targets)) in ([200, 401], [200, 403])
    rows = Membership.objects.filter(organisation_id=world.organisation, role="administrator", active=True)
    assert rows.count() == 1


# --- teams ----------------------------------------------------------------------------------------------------------


def test_a_team_is_made_named_and_manned_and_clients_can_ask_it(world: World, browse: Browse) -> None:
    ingrid = browse("ingrid")
    made = ingrid.ask(
        "POST", "/api/v1/console/teams", {"name": "Planning Zuid", "kind": "planning", "promiseMinutes": 60}
    )
    assert (made.status, made.body["members"]) == (201, [])
    team = made.body["id"]
    path = f"/api/v1/console/teams/{team}"
    wrong = ingrid.ask("PUT", f"{path}/members/{world.id('bram')}")
    assert wrong.body["fields"][0]["code"] == "role_of_team"
    assert ingrid.ask("PUT", f"{path}/members/{world.id('carla')}").status == 422
    assert ingrid.ask("PUT", f"{path}/members/{world.id('pim')}").status == 200
    assert ingrid.ask("PUT", path, {"name": "Planbureau Zuid", "promiseMinutes": 120}).status == 200
    asked = browse("joris").ask("POST", "/api/v1/conversations", {"team": team})
    with browse("pim").socket() as pim:
        assert asked.body["conversation"] in {one["id"] for one in pim.welcome["conversations"]}
        assert {one["name"] for one in pim.welcome["teams"] if one.get("mine")} == {"Planbureau", "Planbureau Zuid"}
        assert ingrid.ask("DELETE", f"{path}/members/{world.id('pim')}").status == 200
        assert pim.hear("gone")["conversation"] == asked.body["conversation"]
    shown = {one["name"]: one for one in ingrid.ask("GET", "/api/v1/console/teams").body}
    assert (shown["Planbureau Zuid"]["promiseMinutes"], shown["Planbureau Zuid"]["members"]) == (120, [])


# --- founding -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("empty")
def test_the_host_founds_an_organisation_and_its_administrator_gets_a_mail(browse: Browse) -> None:
    said = found("Praktijk Zuid", "Noor", "Smit", NEW)
    assert NEW in said
    mail = letters(NEW)[-1]
    assert mail.subject == "U bent beheerder van Praktijk Zuid in de Zorg Messenger"
    newcomer = browse()
    looked = newcomer.ask("POST", "/api/v1/invitations/look", {"token": newest_secret(NEW)}).body
    assert (looked["inviter"], looked["role"]) == (None, "administrator")
    assert register(newcomer, newest_secret(NEW)).status == 201
    assert [one["role"] for one in newcomer.ask("GET", "/api/v1/console/people").body] == ["administrator"]


def test_nothing_is_founded_by_half(world: World) -> None:
    del world
    before = Organisation.objects.count()
    for wrong in (
        ("", "Noor", "Smit", NEW),
        ("Zuid", "1", "Smit", NEW),
        ("Zuid", "Noor", "Smit", "geen"),
        ("x" * 90, "N", "S", NEW),
    ):
        with pytest.raises(ConfigurationError):
            found(*wrong)
    assert Organisation.objects.count() == before
