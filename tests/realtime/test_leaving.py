"""Somebody leaves: their clients keep the conversation with a colleague, and they are out within a second.

LEA-1 … LEA-5 of `console.leaving`, HND-1 … HND-4 of `conversations.handover`, ACC-13 of `access.rules`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests import hours
from tests.live import Answer, Browser
from tests.world import World, meet
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.accounts.models import Session
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.availability import absences, jobs
from zorgmessenger.availability.rules import Plan
from zorgmessenger.conversations import groups
from zorgmessenger.conversations.models import Participant
from zorgmessenger.ids import NIL
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations import members
from zorgmessenger.organisations.models import CareRelation, Membership, StandIn
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
        assert [one["body"] for one in page["messages"]][:-1] == ["dag Anna", "dag Bram"]
        assert {one["firstName"] for one in page["people"]} == {"Bram", "Fatima", "Anna"}, (
            "who wrote is known, also when they left"
        )
        hers.say(type="send", id=uuid4(), conversation=talk, body="dag Fatima")
        assert fatima.hear("message")["body"] == "dag Fatima"
    assert bram.ask("GET", f"/api/v1/conversations/{talk}/messages").status == 401, "his sessions ended"
    assert CareRelation.objects.filter(staff_id=world.id("fatima"), client_id=world.id("anna")).exists()
    assert not CareRelation.objects.filter(staff_id=world.id("bram")).exists()
    over = AuditEntry.objects.get(tag=Tag.CONVERSATION_HANDED_OVER)
    assert (over.actor, over.subject, over.object) == (world.id("ingrid"), world.id("anna"), str(talk))


def test_lea_4_in_the_conversation_stands_who_went_on_and_both_are_named(
    world: World, browse: Browse, talk: UUID
) -> None:
    quiet = meet(world, "bram", "joris")
    handed = {"code": "handed_over", "person": str(world.id("bram")), "standIn": str(world.id("fatima"))}
    with browse("anna").socket() as anna:
        assert deactivate(browse("ingrid"), world, "bram", {talk: "fatima", quiet: "fatima"}).status == 200
        told = anna.hear("message")
        assert (told["kind"], told["sender"], told["seq"]) == ("event", str(NIL), 3)
        assert json.loads(told["body"]) == handed
        assert anna.hear("conversation")["conversation"]["lastSeq"] == 3
        anna.say(type="history", request=1, conversation=talk, before=100)
        assert {one["firstName"] for one in anna.hear("history")["people"]} == {"Bram", "Fatima", "Anna"}
    with browse("joris").socket() as joris:
        shown = next(one for one in joris.welcome["conversations"] if one["id"] == str(quiet))
        assert [json.loads(one["body"]) for one in shown["messages"]] == [handed]
        known = {one["firstName"] for one in joris.welcome["people"]}
        assert {"Bram", "Fatima"} <= known, "also who left and never wrote"


def stands_in(world: World) -> None:
    """Fatima stands in for Bram from yesterday until tomorrow."""
    today = hours.today()
    plan = Plan(today - timedelta(1), today + timedelta(1), world.id("fatima"))
    absences.plan(rules.may_plan_absence(world["bram"], world["bram"]), plan, NOWHERE)
    jobs.keep()


def test_hnd_3_who_stood_in_goes_on_for_good(world: World, browse: Browse, talk: UUID) -> None:
    stands_in(world)
    marks = Participant.objects.get(conversation_id=talk, person_id=world.id("fatima"))
    Participant.objects.filter(pk=marks.pk).update(delivered=3, read=3)
    assert deactivate(browse("ingrid"), world, "bram", {talk: "fatima"}).status == 200
    with clock.at(clock.now() + timedelta(30)):
        jobs.keep()
        assert members.cares_for(world.id("fatima"), world.id("anna"), world.organisation)
    goes_on = Participant.objects.get(conversation_id=talk, person_id=world.id("fatima"))
    assert (goes_on.left_at, goes_on.read) == (None, 3), "their own marks never go down"
    assert not StandIn.objects.filter(ended_at=None).exists()


def test_hnd_1_who_stands_in_leaves_nothing_of_the_absent_colleague(world: World, browse: Browse, talk: UUID) -> None:
    stands_in(world)
    own = world.conversations["fatima", "joris"]
    shown = leaving(browse("ingrid"), world, "fatima")["conversations"]
    assert [one["conversation"] for one in shown] == [str(own)]
    assert deactivate(browse("ingrid"), world, "fatima", {own: "bram"}).status == 200
    jobs.keep()
    assert not StandIn.objects.filter(ended_at=None).exists()
    taking_part = Participant.objects.filter(conversation_id=talk, left_at=None)
    assert {one.person_id for one in taking_part} == {world.id("bram"), world.id("anna")}


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


def test_hnd_4_who_comes_back_starts_a_new_conversation(world: World, browse: Browse, talk: UUID) -> None:
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
    petra.ask("PUT", f"/api/v1/conversations/{planning}/assignee", {"person": str(world.id("petra")), "expected": None})
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
