"""Messages over the socket: stored, acknowledged, delivered, read, the same on all devices."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.live import Browser
from tests.world import World, add_person, meet
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Role
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.models import Participant
from zorgmessenger.messages import history
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol

Browse = Callable[..., Browser]


def test_a_message_is_acknowledged_and_reaches_the_other_with_its_number(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        identifier = uuid4()
        anna.say(type="send", id=identifier, conversation=conversation, body="Hallo <b>Bram</b>")
        ack = anna.hear("ack")
        message = bram.hear("message")
        assert (ack["seq"], message["seq"]) == (1, 1)
        assert ack["id"] == message["id"] == str(identifier)
        assert message["body"] == "Hallo <b>Bram</b>"
        assert message["sender"] == str(world.id("anna"))


def test_the_same_id_sent_again_gives_the_same_ack_and_no_second_message(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        identifier = uuid4()
        for _ in range(3):
            anna.say(type="send", id=identifier, conversation=conversation, body="een keer")
        acks = [anna.hear("ack") for _ in range(3)]
        assert {(ack["seq"], ack["at"]) for ack in acks} == {(1, acks[0]["at"])}
        assert bram.hear("message")["seq"] == 1
        assert bram.silent()


def test_both_devices_of_a_sender_and_the_reader_stay_in_step(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    browser = browse("anna")
    with browser.socket() as phone, browser.socket() as laptop, browse("bram").socket() as bram:
        phone.say(type="send", id=uuid4(), conversation=conversation, body="van de telefoon")
        assert laptop.hear("message")["body"] == "van de telefoon"
        bram.hear("message")
        bram.say(type="received", conversation=conversation, seq=1)
        assert phone.hear("receipt") | {"type": "receipt"} == laptop.hear("receipt")
        bram.say(type="read", conversation=conversation, seq=1)
        for device in (phone, laptop):
            receipt = device.hear("receipt")
            assert (receipt["person"], receipt["delivered"], receipt["read"]) == (str(world.id("bram")), 1, 1)


def test_who_was_away_gets_exactly_what_they_miss(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    for number in range(1, 8):
        world.send("bram", conversation, f"bericht {number}")
    with browse("anna").socket(have={str(conversation): 4}) as anna:
        mine = next(c for c in anna.welcome["conversations"] if c["id"] == str(conversation))
        assert [m["seq"] for m in mine["messages"]] == [5, 6, 7]
        assert mine["lastSeq"] == 7


def test_a_receipt_never_goes_past_the_newest_message_nor_back(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("bram", conversation, "een")
    with browse("anna").socket() as anna:
        anna.say(type="read", conversation=conversation, seq=999)
        assert anna.hear("receipt")["read"] == 1
        anna.say(type="read", conversation=conversation, seq=0)
        anna.say(type="ping")
        assert anna.hear("receipt", "pong")["type"] == "pong"


def _questions(ask: Callable[[], object]) -> int:
    statements: list[str] = []

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        ask()
    return len(statements)


def test_a_page_costs_four_questions_however_long(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    for number in range(30):
        world.send("anna" if number % 2 else "bram", conversation, f"bericht {number}")

    def ask() -> None:
        known = facts.one(conversation)
        proof = rules.may_read(known.members[world.id("anna")], known.facts)
        asked = protocol.History(request=1, conversation=conversation, before=99)
        page = history.page(proof, asked, known.last_rev, Origin()).frame
        assert len(page.messages) == 30
        assert {person.first_name for person in page.people} == {"Bram", "Anna"}

    assert _questions(ask) == 4


def test_an_opening_app_asks_as_much_for_many_conversations_as_for_one(world: World) -> None:
    bram, fatima = world["bram"], world["fatima"]
    met = [("bram", "anna"), ("fatima", "joris")]
    for name in ("klaas", "pien", "rik", "tess"):
        world.people[name] = add_person(world.organisation, name, Role.CLIENT)
        world.conversations["bram", name] = meet(world, "bram", name)
        met.append(("bram", name))
    for staff, client in met:
        for number in range(history.NEWEST + 5):
            world.send(staff if number == 3 else client, world.conversations[staff, client], f"bericht {number}")
    read: dict[UUID, protocol.Welcome] = {}

    def open_app(person: UUID) -> Callable[[], None]:
        return lambda: read.update({person: history.welcome(person, protocol.Hello(protocol=1), Origin()).frame})

    for person in (bram.person, fatima.person):
        open_app(person)()  # what is remembered of people and hours is asked once
    assert _questions(open_app(bram.person)) == _questions(open_app(fatima.person))
    many = read[bram.person].conversations
    assert len(many) == 5
    assert {one.unread for one in many} == {history.NEWEST + 4}
    assert {tuple(m.seq for m in one.messages) for one in many} == {tuple(range(6, history.NEWEST + 6))}


def test_history_pages_both_ways_without_gaps(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    for number in range(1, 26):
        world.send("bram", conversation, f"bericht {number}")
    with browse("anna").socket() as anna:
        anna.say(type="history", request=1, conversation=conversation, before=26, limit=10)
        page = anna.hear("history")
        assert [m["seq"] for m in page["messages"]] == list(range(16, 26))
        assert not page["complete"]
        anna.say(type="history", request=2, conversation=conversation, after=20, limit=10)
        page = anna.hear("history")
        assert [m["seq"] for m in page["messages"]] == [21, 22, 23, 24, 25]
        assert page["complete"]


def test_typing_reaches_the_others_and_not_oneself(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        anna.say(type="typing", conversation=conversation)
        assert bram.hear("typing")["person"] == str(world.id("anna"))
        assert anna.silent()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["no json"], 4400),
        (['{"type":"hello","protocol":1}', '{"type":"hello","protocol":1}'], 4409),
        (['{"type":"ping"}'], 4409),
        (['{"type":"hello","protocol":99}'], 4426),
        (['{"type":"hello","protocol":1}', '{"type":"unknown"}'], 4400),
        (['{"type":"hello","protocol":1,"extra":1}'], 4400),
        (["[" * 60_000], 4400),
        (["x" * 140_000], 1009),
    ],
)
def test_a_wrong_frame_closes_that_socket_with_a_code_and_harms_nobody_else(
    world: World, browse: Browse, said: list[str], code: int
) -> None:
    conversation = world.conversations["bram", "anna"]
    with browse("bram").socket() as bram, browse("anna").bare_socket() as anna:
        for text in said:
            anna.connection.send(text)
        assert anna.close_code() == code
        bram.say(type="send", id=uuid4(), conversation=conversation, body="ik doe het nog")
        assert bram.hear("ack")["seq"] == 1


def test_who_signs_out_loses_their_socket(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    with browser.socket() as anna:
        browser.ask("DELETE", "/_allauth/browser/v1/auth/session")
        assert anna.close_code() == 4401


def test_a_socket_from_another_origin_or_without_a_session_gets_nothing(world: World, browse: Browse) -> None:
    del world
    stranger = browse()
    with stranger.bare_socket() as socket:
        assert socket.close_code() == 4401
    with pytest.raises(Exception, match="403"):
        browse("anna").bare_socket(origin="https://evil.example")


def test_sending_says_nothing_about_reading(world: World, browse: Browse) -> None:
    """What waited on a device without a line, or comes by HTTP, is no sign that its sender saw what stands above it."""
    conversation = world.conversations["bram", "anna"]
    for body in ("een", "twee"):
        world.send("bram", conversation, body)
    anna = browse("anna")
    with anna.socket() as socket:
        socket.say(type="send", id=uuid4(), conversation=conversation, body="uit de wachtrij")
        assert socket.hear("ack")["seq"] == 3
    message = {"id": str(uuid4()), "body": "langs de andere deur"}
    assert anna.ask("POST", f"/api/v1/conversations/{conversation}/messages", message).status == 201
    entries = AuditEntry.objects.filter(object=str(conversation)).order_by("position")
    assert not entries.filter(tag=Tag.MESSAGES_READ).exists()
    assert [e.detail for e in entries.filter(tag=Tag.MESSAGE_SENT)] == ["1", "2", "3", "4"]
    assert set(Participant.objects.filter(conversation_id=conversation).values_list("delivered", "read")) == {(0, 0)}
    with anna.socket() as socket:
        socket.say(type="read", conversation=conversation, seq=2)
        socket.hear("receipt")
    assert [e.detail for e in entries.filter(tag=Tag.MESSAGES_READ)] == ["1-2"]


def test_unread_counts_messages_of_others_above_the_mark_wherever_they_stand(world: World, browse: Browse) -> None:
    """Below what comes with the welcome as well; what one writes oneself is never unread."""
    conversation = world.conversations["bram", "anna"]
    anna, bram = browse("anna"), browse("bram")

    def unread(browser: Browser) -> int:
        with browser.socket() as socket:
            return int(next(c["unread"] for c in socket.welcome["conversations"] if c["id"] == str(conversation)))

    for number in range(40):
        world.send("bram" if number % 4 else "anna", conversation, f"bericht {number}")
    assert (unread(anna), unread(bram)) == (30, 10)
    with anna.socket() as socket:
        socket.say(type="read", conversation=conversation, seq=6)
        socket.hear("receipt")
    assert (unread(anna), unread(bram)) == (26, 10)
    world.send("anna", conversation, "van mij")
    assert (unread(anna), unread(bram)) == (26, 11)
