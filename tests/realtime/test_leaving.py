"""Somebody leaves: their clients keep the conversation with a colleague, and they are out within a second.

LEA-1 … LEA-4 of `console.leaving`, HND-1 … HND-3 of `conversations.handover`, ACC-12 of `access.rules`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.live import Answer, Browser
from tests.world import World, meet
from zorgmessenger.access import rules
from zorgmessenger.accounts.models import Session
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import groups
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations.models import CareRelation, Membership
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]


def leaving(browser: Browser, world: World, name: str) -> Any:
    return browser.ask("GET", f"/api/v1/console/people/{world.id(name)}/leaving").body


def deactivate(browser: Browser, world: World, name: str, to: dict[UUID | str, str]) -> Answer:
    successors = [{"conversation": str(one), "colleague": str(world.id(who))} for one, who in to.items()]
    path = f"/api/v1/console/people/{world.id(name)}/deactivate"
    return browser.ask("POST", path, {"successors": successors})


@pytest.fixture
def talk(world: World) -> UUID:
    """Bram's conversation with Anna, of three messages of which he read two."""
    conversation = world.conversations["bram", "anna"]
    world.send("bram", conversation, "dag Anna")
    world.send("anna", conversation, "dag Bram")
    return conversation


def test_a_colleague_goes_on_with_the_history_and_the_leaver_is_out(world: World, browse: Browse, talk: UUID) -> None:
    ingrid, bram, anna = browse("ingrid"), browse("bram"), browse("anna")
    shown = leaving(ingrid, world, "bram")
    assert shown["conversations"] == [{"conversation": str(talk), "kind": "treatment", "client": "Anna van Toneel"}]
    with bram.socket() as his, anna.socket() as hers, browse("fatima").socket() as fatima:
        assert deactivate(ingrid, world, "bram", {talk: "fatima"}).status == 200
        assert his.close_code(within=1) == 4401
        told = hers.hear("conversation")
        taking_part = {one["person"] for one in told["conversation"]["participants"]}
        assert taking_part == {str(world.id("anna")), str(world.id("fatima"))}
        assert "Fatima van Toneel" in {f"{one['firstName']} {one['lastName']}" for one in told["people"]}
        assert fatima.hear("conversation")["conversation"]["id"] == str(talk)
        fatima.say(type="history", request=1, conversation=talk, before=100)
        page = fatima.hear("history")
        assert [one["body"] for one in page["messages"]] == ["dag Anna", "dag Bram"]
        assert [one["firstName"] for one in page["people"]] == ["Bram"], "who wrote is known, also when they left"
        hers.say(type="send", id=uuid4(), conversation=talk, body="dag Fatima")
        assert fatima.hear("message")["body"] == "dag Fatima"
    assert bram.ask("GET", f"/api/v1/conversations/{talk}/messages").status == 401, "his sessions ended"
    assert CareRelation.objects.filter(staff_id=world.id("fatima"), client_id=world.id("anna")).exists()
    assert not CareRelation.objects.filter(staff_id=world.id("bram")).exists()
    over = AuditEntry.objects.get(tag=Tag.CONVERSATION_HANDED_OVER)
    assert (over.actor, over.subject, over.object) == (world.id("ingrid"), world.id("anna"), str(talk))


def test_lea_1_nothing_is_done_where_one_conversation_has_nobody(world: World, browse: Browse, talk: UUID) -> None:
    meet(world, "bram", "joris")
    ingrid = browse("ingrid")
    every = [one["conversation"] for one in leaving(ingrid, world, "bram")["conversations"]]
    assert len(every) == 2
    short = deactivate(ingrid, world, "bram", {talk: "fatima"})
    assert (short.status, short.body["code"]) == (409, "hand_over_changed")
    for nobody in ("petra", "ingrid", "bram", "anna", "carla"):
        assert deactivate(ingrid, world, "bram", {every[0]: "fatima", every[1]: nobody}).status == 404
    assert Membership.objects.get(person_id=world.id("bram")).active
    assert not AuditEntry.objects.filter(tag=Tag.CONVERSATION_HANDED_OVER).exists()
    assert browse("bram").ask("GET", f"/api/v1/conversations/{talk}/messages").status == 200
    assert deactivate(ingrid, world, "bram", dict.fromkeys(every, "fatima")).status == 200


def test_a_conversation_of_another_organisation_cannot_be_named(world: World, browse: Browse, talk: UUID) -> None:
    theirs = world.conversations["carla", "dora"]
    for more in (theirs, uuid4(), world.conversations["fatima", "joris"]):
        answer = deactivate(browse("ingrid"), world, "bram", {talk: "fatima", more: "fatima"})
        assert (answer.status, answer.body["code"]) == (409, "hand_over_changed")


def test_hnd_1_a_group_where_they_are_the_only_colleague_is_handed_over(world: World, browse: Browse) -> None:
    alone = {world.id("anna"): (world["anna"], True)}
    together = alone | {world.id("fatima"): (world["fatima"], False)}
    small = groups.make(rules.may_make_group(world["bram"], alone), "Klein", "leaf", NOWHERE)
    large = groups.make(rules.may_make_group(world["bram"], together), "Groot", "leaf", NOWHERE)
    shown = leaving(browse("ingrid"), world, "bram")["conversations"]
    assert {one["conversation"]: (one["kind"], one["client"]) for one in shown} == {
        str(world.conversations["bram", "anna"]): ("treatment", "Anna van Toneel"),
        str(small): ("group", ""),
    }
    with browse("anna").socket() as anna:
        to: dict[UUID | str, str] = {one["conversation"]: "fatima" for one in shown}
        assert deactivate(browse("ingrid"), world, "bram", to).status == 200
        told = [anna.hear("conversation")["conversation"] for _ in range(3)]
        assert not any(one.get("closed") for one in told)
    with browse("fatima").socket() as fatima:
        assert {str(small), str(large)} <= {one["id"] for one in fatima.welcome["conversations"]}


def test_hnd_3_who_comes_back_starts_a_new_conversation(world: World, browse: Browse, talk: UUID) -> None:
    assert deactivate(browse("ingrid"), world, "bram", {talk: "fatima"}).status == 200
    Membership.objects.filter(person_id=world.id("bram")).update(active=True)
    organisations.relate(world.organisation, world.id("anna"), world.id("bram"))
    bram = browse("bram")
    started = bram.ask("POST", "/api/v1/conversations", {"person": str(world.id("anna"))}).body["conversation"]
    assert started != str(talk)
    assert bram.ask("GET", f"/api/v1/conversations/{talk}/messages").status == 404
    mine = browse("fatima").ask("POST", "/api/v1/conversations", {"person": str(world.id("anna"))})
    assert mine.body["conversation"] == str(talk), "Fatima's with Anna is the one she took over"


def test_lea_3_what_they_took_for_a_team_is_free_and_their_invitations_are_withdrawn(
    world: World, browse: Browse
) -> None:
    planning = world.conversations["petra", "anna"]
    petra = browse("petra")
    petra.ask("PUT", f"/api/v1/conversations/{planning}/assignee", {"person": str(world.id("petra"))})
    petra.ask("POST", "/api/v1/invitations", {"firstName": "Daan", "lastName": "Bos", "email": "d@x.example"})
    assert leaving(browse("ingrid"), world, "petra") == {"conversations": [], "invitations": 1}
    assert deactivate(browse("ingrid"), world, "petra", {}).status == 200
    with browse("pim").socket() as pim:
        case = next(one["case"] for one in pim.welcome["conversations"] if one["id"] == str(planning))
        assert case.get("assignee") is None
    assert Invitation.objects.get().state == Invitation.WITHDRAWN


def test_lea_2_who_works_elsewhere_too_keeps_that_and_loses_this(world: World, browse: Browse, talk: UUID) -> None:
    row = Membership(organisation_id=world.elsewhere, person_id=world.id("bram"), role="practitioner")
    row.since = Membership.objects.get(person_id=world.id("carla")).since
    row.save()
    bram = browse("bram")
    with bram.socket() as socket:
        assert deactivate(browse("ingrid"), world, "bram", {talk: "fatima"}).status == 200
        assert socket.close_code(within=1) == 1012, "his devices come back for the rest"
    assert Session.objects.filter(person=world.id("bram")).exists()
    with bram.socket() as socket:
        assert [one["name"] for one in socket.welcome["organisations"]] == ["Elders"]
        assert str(talk) not in json.dumps(socket.welcome)
