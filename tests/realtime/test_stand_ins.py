"""Who stands in comes and goes with the absence: on time, once, logged, told, and then knows nothing more."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests import hours
from tests.live import Browser
from tests.world import World, add_person, meet
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Role
from zorgmessenger.audit import writer
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.availability import absences, jobs
from zorgmessenger.availability.rules import Plan
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.models import Participant
from zorgmessenger.errors import NotFound
from zorgmessenger.ids import NIL
from zorgmessenger.messages import events
from zorgmessenger.messages.committer import MarkJob, commit
from zorgmessenger.messages.models import Message
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations import members
from zorgmessenger.organisations.models import Absence, CareRelation, Membership, StandIn
from zorgmessenger.origin import NOWHERE
from zorgmessenger.realtime import protocol

Browse = Callable[..., Browser]

BEFORE = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
FIRST = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # midnight in Amsterdam
LAST = datetime(2026, 12, 4, 22, 59, tzinfo=UTC)
AFTER = datetime(2026, 12, 4, 23, 0, tzinfo=UTC)
WEEK = (date(2026, 12, 1), date(2026, 12, 4))


def absent(world: World, who: str, stand_in: str | None, days: tuple[date, date] = WEEK) -> Absence:
    proof = rules.may_plan_absence(world[who], world[who])
    plan = Plan(*days, world.id(stand_in) if stand_in else None)
    return absences.plan(proof, plan, NOWHERE)


def takes_part(world: World, name: str, conversation: UUID) -> bool:
    mine = Participant.objects.filter(conversation_id=conversation, person_id=world.id(name), left_at=None)
    return mine.exists()


def another(world: World) -> None:
    """Hugo is a practitioner too."""
    world.people["hugo"] = add_person(world.organisation, "hugo", Role.PRACTITIONER)


def at(moment: datetime) -> None:
    with clock.at(moment):
        jobs.keep()


@pytest.fixture
def planned(world: World) -> World:
    """Bram is away in the first week of December, and Fatima stands in."""
    with clock.at(BEFORE):
        absent(world, "bram", "fatima")
    return world


def test_they_take_part_from_the_first_day_until_the_last(planned: World) -> None:
    conversation = planned.conversations["bram", "anna"]
    seen = []
    for moment in (BEFORE, FIRST, LAST, AFTER):
        at(moment)
        seen.append(takes_part(planned, "fatima", conversation))
    assert seen == [False, True, True, False]
    assert takes_part(planned, "bram", conversation)


def test_nothing_is_done_twice_and_a_pause_is_caught_up_with(planned: World) -> None:
    del planned
    for _ in range(3):
        at(FIRST)
    assert StandIn.objects.count() == 1
    for _ in range(3):
        at(AFTER + timedelta(30))
    assert StandIn.objects.filter(ended_at=None).count() == 0
    assert [one.kind for one in Message.objects.order_by("seq")] == ["event", "event"]


def test_a_server_that_was_down_for_the_whole_absence_adds_nobody(planned: World) -> None:
    del planned
    at(AFTER + timedelta(30))
    assert StandIn.objects.count() == 0
    assert Message.objects.count() == 0


def test_they_are_as_far_as_the_absent_person_was(planned: World) -> None:
    """What was read stays read, what was not is still to be read by who stands in."""
    conversation = planned.conversations["bram", "anna"]
    planned.send("anna", conversation, "gelezen")
    planned.send("bram", conversation, "antwoord")
    commit([MarkJob(planned.id("bram"), NOWHERE, conversation, 2, 2, lambda _: None)])
    planned.send("anna", conversation, "nog niet gelezen")
    at(FIRST)
    marks = Participant.objects.get(conversation_id=conversation, person_id=planned.id("fatima"))
    assert (marks.delivered, marks.read) == (2, 2)


def test_only_one_to_one_conversations_with_clients(planned: World) -> None:
    proof = rules.may_start(planned["bram"], planned["petra"], care_relation=False)
    internal = conversations.start(proof, NOWHERE)
    at(FIRST)
    assert not takes_part(planned, "fatima", internal)
    assert not takes_part(planned, "fatima", planned.conversations["petra", "anna"])


def test_a_conversation_that_begins_during_the_absence_is_joined_too(planned: World) -> None:
    at(FIRST)
    organisations.relate(planned.organisation, planned.id("joris"), planned.id("bram"))
    proof = rules.may_start(planned["bram"], planned["joris"], care_relation=True)
    late = conversations.start(proof, NOWHERE)
    at(FIRST + timedelta(hours=1))
    assert takes_part(planned, "fatima", late)


def test_they_see_the_history_and_are_logged_as_others_are(planned: World, browse: Browse) -> None:
    conversation = planned.conversations["bram", "anna"]
    planned.send("anna", conversation, "van voor de afwezigheid")
    path = f"/api/v1/conversations/{conversation}/messages"
    fatima = browse("fatima")
    assert fatima.ask("GET", path).status == 404
    at(FIRST)
    assert fatima.ask("GET", path).body["messages"][0]["body"] == "van voor de afwezigheid"
    entry = AuditEntry.objects.get(tag="conversation.stand_in_began")
    assert (entry.subject, entry.object) == (planned.id("anna"), str(conversation))
    assert entry.detail == f"{planned.id('fatima')} 2"
    assert AuditEntry.objects.filter(tag="message.history_read", actor=planned.id("fatima")).exists()
    assert writer.verify([planned.organisation]) is None


def test_a_care_relation_comes_with_it_and_ends_by_itself(planned: World) -> None:
    """Law 3: it ends with the absence also where nobody ends it."""
    cares = planned.id("fatima"), planned.id("anna"), planned.organisation
    at(FIRST)
    with clock.at(LAST):
        assert members.cares_for(*cares)
        assert planned.id("anna") in members.contacts(planned["fatima"])
    with clock.at(AFTER):
        assert not members.cares_for(*cares)
        assert planned.id("anna") not in members.contacts(planned["fatima"])
    at(AFTER)
    relation = CareRelation.objects.get(staff_id=planned.id("fatima"), client_id=planned.id("anna"))
    assert relation.until == AFTER


def test_who_cares_for_the_client_already_goes_on_doing_so(planned: World) -> None:
    organisations.relate(planned.organisation, planned.id("anna"), planned.id("fatima"))
    at(FIRST)
    at(AFTER)
    assert CareRelation.objects.get(staff_id=planned.id("fatima"), client_id=planned.id("anna")).until is None


def test_who_took_part_already_is_neither_added_nor_removed(planned: World) -> None:
    """Law 1."""
    conversation = planned.conversations["bram", "anna"]
    Participant.objects.create(conversation_id=conversation, person_id=planned.id("fatima"))
    at(FIRST)
    at(AFTER)
    assert takes_part(planned, "fatima", conversation)
    assert StandIn.objects.count() == Message.objects.count() == 0


def test_the_client_is_told_in_the_conversation(planned: World) -> None:
    conversation = planned.conversations["bram", "anna"]
    at(FIRST)
    at(AFTER)
    with clock.at(AFTER):
        planned.send("anna", conversation, "dank aan allebei")
    rows = Message.objects.filter(conversation_id=conversation).order_by("seq")
    assert [(row.kind, row.sender_id) for row in rows] == [
        ("event", None),
        ("event", None),
        ("text", planned.id("anna")),
    ]


def test_everybody_hears_of_it_and_who_leaves_hears_nothing_more(world: World, browse: Browse) -> None:
    """Law 5, on the socket and over HTTP."""
    conversation = world.conversations["bram", "anna"]
    today = hours.today()
    world.send("anna", conversation, "een vraag")
    fatima_browser = browse("fatima")
    with browse("anna").socket() as anna, fatima_browser.socket() as fatima, browse("bram").socket() as bram:
        absence = absent(world, "bram", "fatima", (today - timedelta(1), today + timedelta(3)))
        assert fatima.hear("conversation")["conversation"]["id"] == str(conversation)
        fatima.say(type="history", request=0, conversation=conversation, before=2)
        assert [message["body"] for message in fatima.hear("history")["messages"]] == ["een vraag"]
        for socket in (anna, bram):
            event = socket.hear("message")
            assert (event["kind"], event["sender"], event["seq"]) == ("event", str(NIL), 2)
            happened = json.loads(event["body"])
            assert happened["code"] == "stand_in_began"
            assert happened["standIn"] == str(world.id("fatima"))
        told = anna.hear("availability")["availability"]
        away = next(one for one in told if one["of"] == str(world.id("bram")))
        assert away["absentUntil"] == (today + timedelta(3)).isoformat()
        assert away["standIn"] == str(world.id("fatima"))
        assert {one["of"] for one in told} == {str(world.id(name)) for name in ("bram", "fatima")} | {
            str(world.team(name)) for name in ("petra", "sem")
        }

        absences.cancel(rules.may_plan_absence(world["bram"], world["bram"]), absence.id, NOWHERE)
        assert fatima.hear("gone")["conversation"] == str(conversation)
        assert json.loads(anna.hear("message")["body"])["code"] == "stand_in_ended"
        world.send("anna", conversation, "alleen voor Bram")
        anna.say(type="typing", conversation=conversation)
        assert fatima.silent()
        fatima.say(type="history", request=1, conversation=conversation, before=100)
        assert fatima.hear("refused", "history")["code"] == "not_found"
    assert fatima_browser.ask("GET", f"/api/v1/conversations/{conversation}/messages").status == 404
    with fatima_browser.socket() as again:
        assert str(conversation) not in {one["id"] for one in again.welcome["conversations"]}


def test_who_stood_in_is_still_named_to_who_comes_later(planned: World, browse: Browse) -> None:
    at(FIRST)
    planned.send("fatima", planned.conversations["bram", "anna"], "ik neem waar")
    at(AFTER)
    with browse("anna").socket() as anna:
        assert str(planned.id("fatima")) in {person["id"] for person in anna.welcome["people"]}
        assert str(planned.id("fatima")) not in {one["of"] for one in anna.welcome["availability"]}


def test_a_changed_absence_changes_who_stands_in_and_until_when(planned: World) -> None:
    conversation = planned.conversations["bram", "anna"]
    at(FIRST)
    absence, proof = Absence.objects.get(), rules.may_plan_absence(planned["bram"], planned["bram"])
    another(planned)
    with clock.at(FIRST):
        absences.change(proof, absence.id, Plan(*WEEK, planned.id("hugo")), NOWHERE)
        assert [takes_part(planned, name, conversation) for name in ("fatima", "hugo")] == [False, True]
        longer = Plan(WEEK[0], WEEK[1] + timedelta(7), planned.id("hugo"))
        absences.change(proof, absence.id, longer, NOWHERE)
    relation = CareRelation.objects.get(staff_id=planned.id("hugo"), client_id=planned.id("anna"))
    assert relation.until == AFTER + timedelta(7)


def test_a_stand_in_for_two_who_treat_the_same_client_cares_until_the_last_ends(world: World) -> None:
    other = meet(world, "fatima", "anna")
    another(world)
    with clock.at(BEFORE):
        absent(world, "bram", "hugo")
        absent(world, "fatima", "hugo", (WEEK[0], WEEK[0] + timedelta(1)))
    at(FIRST)
    assert takes_part(world, "hugo", other)
    at(FIRST + timedelta(2))
    assert takes_part(world, "hugo", world.conversations["bram", "anna"])
    assert not takes_part(world, "hugo", other)
    with clock.at(FIRST + timedelta(2)):
        assert members.cares_for(world.id("hugo"), world.id("anna"), world.organisation)


def test_nobody_stands_in_for_one_of_a_team(world: World) -> None:
    """The team goes on answering by itself."""
    with clock.at(BEFORE):
        absent(world, "petra", "fatima")
    at(FIRST)
    assert StandIn.objects.count() == 0


def test_who_left_the_organisation_stands_in_for_nobody(planned: World) -> None:
    at(FIRST)
    organisations.deactivate(planned.organisation, planned.id("fatima"))
    at(FIRST + timedelta(hours=1))
    assert not takes_part(planned, "fatima", planned.conversations["bram", "anna"])


def test_who_treats_clients_no_more_stands_in_for_nobody(planned: World) -> None:
    at(FIRST)
    Membership.objects.filter(person_id=planned.id("fatima")).update(role=Role.ADMINISTRATOR.value)
    at(FIRST + timedelta(hours=1))
    assert not takes_part(planned, "fatima", planned.conversations["bram", "anna"])


def test_trouble_with_one_conversation_does_not_keep_the_others(
    planned: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisations.relate(planned.organisation, planned.id("joris"), planned.id("bram"))
    proof = rules.may_start(planned["bram"], planned["joris"], care_relation=True)
    other, broken = conversations.start(proof, NOWHERE), planned.conversations["bram", "anna"]
    real = events.store_event

    def picky(conversation: UUID, event: protocol.EventBody, moment: datetime) -> int:
        if conversation == broken:
            raise RuntimeError("on purpose")
        return real(conversation, event, moment)

    monkeypatch.setattr(events, "store_event", picky)
    at(FIRST)
    assert not takes_part(planned, "fatima", broken)
    assert takes_part(planned, "fatima", other)
    assert not CareRelation.objects.filter(staff_id=planned.id("fatima"), client_id=planned.id("anna")).exists()
    monkeypatch.undo()
    at(FIRST)
    assert takes_part(planned, "fatima", broken)


def test_while_away_without_a_stand_in_it_is_closed_until_the_return(world: World, browse: Browse) -> None:
    today = hours.today()
    absent(world, "bram", None, (today, today + timedelta(30)))
    with browse("anna").socket() as anna:
        bram = next(one for one in anna.welcome["availability"] if one["of"] == str(world.id("bram")))
        assert datetime.fromisoformat(bram["openings"][0]["start"]).date() >= today + timedelta(30)
    world.send("anna", world.conversations["bram", "anna"], "hallo")
    kinds = Message.objects.filter(conversation_id=world.conversations["bram", "anna"]).order_by("seq")
    assert [row.kind for row in kinds] == ["text", "auto"]


def test_a_search_finds_what_people_wrote_and_not_the_codes_of_an_event(planned: World, browse: Browse) -> None:
    conversation = planned.conversations["bram", "anna"]
    planned.send("anna", conversation, "stand van zaken")
    at(FIRST)
    with browse("anna").socket() as anna:
        for request, words in enumerate(("stand_in_began", str(planned.id("fatima")), "stand")):
            anna.say(type="search", request=request, text=words)
            found = anna.hear("found")
            assert [hit["message"]["seq"] for hit in found["hits"]] == ([1] if words == "stand" else [])


def test_a_late_round_leaves_nothing_open(planned: World) -> None:
    conversation = planned.conversations["bram", "anna"]
    at(FIRST)
    with clock.at(LAST):
        assert planned.id("fatima") in facts.one(conversation).facts.participants
    with clock.at(AFTER):
        assert planned.id("fatima") not in facts.one(conversation).facts.participants
        assert isinstance(planned.submit("fatima", conversation, "nog iets"), NotFound)


def test_nobody_stands_in_for_who_only_stands_in(planned: World) -> None:
    """Law 4."""
    another(planned)
    at(FIRST)
    Absence.objects.create(
        organisation_id=planned.organisation,
        person_id=planned.id("fatima"),
        first=WEEK[0],
        last=WEEK[1],
        stand_in_id=planned.id("hugo"),
    )
    at(FIRST)
    assert takes_part(planned, "hugo", planned.conversations["fatima", "joris"])
    assert not takes_part(planned, "hugo", planned.conversations["bram", "anna"])
