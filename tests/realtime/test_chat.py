"""Messages over the socket: stored, acknowledged, delivered, read, the same on all devices."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.live import Browser
from tests.world import World
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations.models import Participant

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
        (["x" * 70_000], 1009),
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


def test_who_answers_has_read_what_stands_above_and_the_log_says_so(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    for body in ("een", "twee"):
        world.send("bram", conversation, body)
    world.send("anna", conversation, "antwoord")
    entries = AuditEntry.objects.filter(actor=world.id("anna"), object=str(conversation)).order_by("position")
    assert [(e.tag, e.detail) for e in entries] == [(Tag.MESSAGES_READ, "1-2"), (Tag.MESSAGE_SENT, "3")]
    marks = Participant.objects.get(conversation_id=conversation, person_id=world.id("anna"))
    assert (marks.delivered, marks.read) == (3, 3)
