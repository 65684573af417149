"""The automatic reply: to a client in closed time, once in each closed period, and never in a loop."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.hours import ALWAYS, NEVER, set_hours, set_words
from tests.live import Browser
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit import writer
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.conversations import groups
from zorgmessenger.conversations.models import Participant
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.ids import NIL
from zorgmessenger.messages import store
from zorgmessenger.messages.committer import Committer, SendJob, Sent, Settled, commit
from zorgmessenger.messages.models import Message
from zorgmessenger.organisations.hours import lookup
from zorgmessenger.organisations.hours.notice import Phone, Words
from zorgmessenger.organisations.hours.opening import Block, Hours
from zorgmessenger.organisations.models import Notice
from zorgmessenger.origin import NOWHERE
from zorgmessenger.sql import dialect

Browse = Callable[..., Browser]

SATURDAY = datetime(2026, 11, 28, 12, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 29, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)
MONDAY_NIGHT = datetime(2026, 11, 30, 20, tzinfo=UTC)


@pytest.fixture
def office(world: World) -> World:
    """De Linde has office hours."""
    set_hours(world.organisation, Hours())
    return world


def kinds(conversation: UUID) -> list[str]:
    return list(Message.objects.filter(conversation_id=conversation).order_by("seq").values_list("kind", flat=True))


def body(conversation: UUID, seq: int, world: World) -> str:
    with connection.cursor() as cursor:
        key = keyring().conversation(conversation, world.organisation)
        found = store.between(
            cursor,
            dialect(connection.vendor),
            key,
            conversation,
            above=seq - 1,
            below=seq + 1,
            limit=1,
            newest=True,
        )
        return found[0].body


def test_a_client_who_writes_in_closed_time_is_told_when_an_answer_comes_and_where_to_call(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    with clock.at(SATURDAY):
        sent = office.send("anna", conversation, "Ik heb een vraag")
    assert sent.seq == 1
    assert kinds(conversation) == ["text", "auto"]
    said = body(conversation, 2, office)
    assert "maandag 30 november om 9:00 uur" in said
    assert "huisartsenpost" in said
    assert "112" in said


def test_it_is_in_the_clients_language(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    Person.objects.filter(pk=office.id("anna")).update(language="en")
    with clock.at(SATURDAY):
        office.send("anna", conversation, "A question")
    assert "Monday 30 November at 9:00" in body(conversation, 2, office)


def test_there_is_one_in_each_closed_period_however_much_is_written(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    for moment in (SATURDAY, SATURDAY, SUNDAY):
        with clock.at(moment):
            office.send("anna", conversation, "nog iets")
    assert kinds(conversation) == ["text", "auto", "text", "text"]
    with clock.at(MONDAY):
        office.send("anna", conversation, "overdag")
    with clock.at(MONDAY_NIGHT):
        office.send("anna", conversation, "'s avonds")
    assert kinds(conversation)[4:] == ["text", "text", "auto"]


def test_aut_2_there_is_no_second_in_a_night_when_somebody_with_later_hours_begins_to_answer(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    with clock.at(MONDAY_NIGHT):
        office.send("anna", conversation, "'s avonds")
    evenings = Hours(week=((Block(9 * 60, 22 * 60),),) * 7)
    set_hours(office.organisation, evenings, office.id("fatima"))
    Participant.objects.create(conversation_id=conversation, person_id=office.id("fatima"))
    with clock.at(MONDAY_NIGHT + timedelta(hours=3)):
        office.send("anna", conversation, "'s nachts")
    assert kinds(conversation) == ["text", "auto", "text"]
    with clock.at(MONDAY_NIGHT + timedelta(days=1, hours=2)):
        office.send("anna", conversation, "de volgende avond")
    assert kinds(conversation)[3:] == ["text", "auto"]


def test_aut_2_there_is_no_second_in_a_night_when_hours_change(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    with clock.at(MONDAY_NIGHT):
        office.send("anna", conversation, "'s avonds")
    set_hours(office.organisation, Hours(week=((Block(9 * 60, 22 * 60),),) * 7))
    with clock.at(MONDAY_NIGHT + timedelta(hours=3)):
        office.send("anna", conversation, "'s nachts")
    assert kinds(conversation) == ["text", "auto", "text"]


def test_many_messages_in_one_batch_get_one(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    with clock.at(SATURDAY):
        jobs = [SendJob(office.id("anna"), NOWHERE, conversation, uuid4(), f"{n}", lambda _: None) for n in range(5)]
        outcomes = [outcome for _, outcome in commit(jobs)]
    assert [one.seq for one in outcomes if isinstance(one, Sent)] == [1, 3, 4, 5, 6]
    assert kinds(conversation) == ["text", "auto", *["text"] * 4]


def test_the_same_message_sent_again_gets_no_second_one(office: World) -> None:
    conversation, identifier = office.conversations["bram", "anna"], uuid4()
    with clock.at(SATURDAY):
        first = office.send("anna", conversation, "een", identifier)
        again = office.send("anna", conversation, "een", identifier)
    assert (first.reply is None, again.reply is None, again.new) == (False, True, False)
    assert kinds(conversation) == ["text", "auto"]


def test_two_processes_at_once_make_one(office: World) -> None:
    set_hours(office.organisation, NEVER)
    conversation = office.conversations["bram", "anna"]
    settled: list[Settled] = []
    threads = [Committer(settled.append) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(20):
        for thread in threads:
            thread.submit([SendJob(office.id("anna"), NOWHERE, conversation, uuid4(), f"{number}", lambda _: None)])
    for thread in threads:
        thread.stop()
    assert sorted(kinds(conversation)) == ["auto", *["text"] * 40]
    assert list(Message.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 42))
    assert writer.verify([office.organisation]) is None


def test_staff_get_none_and_colleagues_get_none_and_a_reply_answers_no_reply(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    proof = rules.may_start(office["bram"], office["fatima"], care_relation=False)
    internal = conversations.start(proof, NOWHERE)
    with clock.at(SATURDAY):
        office.send("bram", conversation, "van de behandelaar")
        office.send("bram", internal, "onder elkaar")
    assert kinds(conversation) == kinds(internal) == ["text"]


def test_it_stays_silent_while_any_of_the_staff_who_take_part_is_open(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    set_hours(office.organisation, ALWAYS, office.id("bram"))
    with clock.at(SATURDAY):
        office.send("anna", conversation, "op zaterdag")
        office.send("anna", office.conversations["petra", "anna"], "aan het planbureau")
    assert kinds(conversation) == ["text"]
    assert kinds(office.conversations["petra", "anna"]) == ["text", "auto"]


def test_a_teams_hours_count_in_its_conversations_and_not_its_members(office: World) -> None:
    conversation = office.conversations["petra", "anna"]
    set_hours(office.organisation, ALWAYS, office.id("petra"))
    with clock.at(SATURDAY):
        office.send("anna", conversation, "op zaterdag")
    assert kinds(conversation) == ["text", "auto"]
    set_hours(office.organisation, ALWAYS, office.team("petra"), "team")
    with clock.at(SUNDAY):
        office.send("anna", conversation, "op zondag")
    assert kinds(conversation) == ["text", "auto", "text"]


def test_there_is_none_in_a_group(office: World) -> None:
    people = {office.id("anna"): (office["anna"], True)}
    group = groups.make(rules.may_make_group(office["bram"], people), "Wandelen", "leaf", NOWHERE)
    with clock.at(SATURDAY):
        office.send("anna", group, "wie gaat er mee?")
    assert kinds(group) == ["text"]


def test_an_organisation_can_give_it_its_own_words_and_numbers(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    words = Words(
        notice={"nl": "Bel bij nood onze dienst."},
        phones=(Phone("Dienst", "030 123 45 67"),),
        reply={"nl": "Wij zijn er even niet."},
    )
    set_words(office.organisation, words)
    with clock.at(SATURDAY):
        office.send("anna", conversation, "hallo")
    said = body(conversation, 2, office)
    assert said.startswith("Wij zijn er even niet.")
    assert "maandag 30 november" in said
    assert said.endswith("Bel bij nood onze dienst.\nDienst: 030 123 45 67")


def test_an_organisation_can_switch_it_off(office: World) -> None:
    set_words(office.organisation, Words(replies=False))
    with clock.at(SATURDAY):
        office.send("anna", office.conversations["bram", "anna"], "hallo")
    assert kinds(office.conversations["bram", "anna"]) == ["text"]


def test_words_that_do_not_open_keep_no_message_from_being_stored(office: World) -> None:
    set_words(office.organisation, Words(reply={"nl": "x"}))
    Notice.objects.update(words_sealed=b"\x01 geen omslag")
    with clock.at(SATURDAY):
        assert office.send("anna", office.conversations["bram", "anna"], "hallo").seq == 1
    assert kinds(office.conversations["bram", "anna"]) == ["text"]


def test_it_has_no_sender_and_is_logged_with_the_message(office: World) -> None:
    conversation = office.conversations["bram", "anna"]
    with clock.at(SATURDAY):
        office.send("anna", conversation, "hallo")
    assert Message.objects.get(conversation_id=conversation, seq=2).sender_id is None
    entries = AuditEntry.objects.filter(object=str(conversation), tag__startswith="message.").order_by("position")
    assert [(entry.tag, entry.actor, entry.detail) for entry in entries] == [
        ("message.sent", office.id("anna"), "1"),
        ("message.auto_replied", None, "2"),
    ]
    assert entries[1].subject == office.id("anna")


def test_everybody_is_told_the_sender_after_the_ack(office: World, browse: Browse) -> None:
    set_hours(office.organisation, NEVER)
    conversation = office.conversations["bram", "anna"]
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        anna.say(type="send", id=uuid4(), conversation=conversation, body="hallo")
        assert anna.hear("ack", "message")["type"] == "ack"
        told = [anna.hear("message"), (bram.hear("message"), bram.hear("message"))[1]]
        assert told[0] == told[1]
        assert (told[0]["seq"], told[0]["kind"], told[0]["sender"]) == (2, "auto", str(NIL))
    with browse("anna").socket() as anna:
        mine = next(one for one in anna.welcome["conversations"] if one["id"] == str(conversation))
        assert [message.get("kind", "text") for message in mine["messages"]] == ["text", "auto"]
    path = f"/api/v1/conversations/{conversation}/messages"
    assert [one["kind"] for one in browse("bram").ask("GET", path).body["messages"]] == ["text", "auto"]


def test_it_is_counted_as_unread_for_nobody(office: World, browse: Browse) -> None:
    conversation = office.conversations["bram", "anna"]
    with clock.at(SATURDAY):
        office.send("anna", conversation, "hallo")
    for have in ({}, {str(conversation): 2}):
        for name, unread in (("bram", 1), ("anna", 0)):
            with browse(name).socket(have=have) as socket:
                mine = next(one for one in socket.welcome["conversations"] if one["id"] == str(conversation))
                assert mine["unread"] == unread


def test_a_message_of_staff_costs_no_statement_more_and_a_clients_none_once_known(office: World) -> None:
    conversation = office.conversations["bram", "anna"]

    def statements(name: str) -> int:
        seen: list[str] = []

        def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
            seen.append(sql)
            return execute(sql, *rest)

        with clock.at(MONDAY), connection.execute_wrapper(count):
            office.send(name, conversation, "hallo")
        return len(seen)

    office.send("bram", conversation, "de sleutels zijn bij de hand")
    staff = statements("bram")
    first, second = statements("anna"), statements("anna")
    assert first > second == staff
    assert json.dumps(kinds(conversation)).count("auto") == 0


def test_nothing_is_looked_up_for_who_is_no_client(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("looked up")

    monkeypatch.setattr(lookup, "closed", never)
    with clock.at(SATURDAY):
        assert office.send("bram", office.conversations["bram", "anna"], "hallo").seq == 1
