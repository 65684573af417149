"""Forwarding: MSG-4 and MSG-7."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.live import Browser, Socket
from tests.world import World
from zorgmessenger import ids
from zorgmessenger.access import rules
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.conversations.models import Participant
from zorgmessenger.messages.committer import commit
from zorgmessenger.messages.models import Message
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]


@pytest.fixture
def group(world: World) -> UUID:
    """Bram, Anna and Petra in one conversation, with a message of Anna's in it."""
    conversation = world.conversations["bram", "anna"]
    Participant.objects.create(conversation_id=conversation, person_id=world.id("petra"))
    world.send("anna", conversation, "kan het ook woensdag?")
    return conversation


@pytest.fixture
def pair(world: World) -> UUID:
    """Bram and Petra alone."""
    return conversations.start(rules.may_start(world["bram"], world["petra"], care_relation=False), NOWHERE)


def forward(socket: Socket, target: UUID, source: UUID, seq: int = 1, identifier: UUID | None = None) -> dict[str, Any]:
    """Asks for it; gives the answer."""
    socket.say(type="forward", id=identifier or uuid4(), conversation=target, source=source, seq=seq)
    return socket.hear("ack", "refused")


def test_a_forwarded_message_says_what_the_source_says_and_is_marked(
    world: World, browse: Browse, group: UUID, pair: UUID
) -> None:
    commit([world.alter("anna", "edit", group, seq=1, body="kan het ook donderdag?")])
    with browse("bram").socket() as bram, browse("petra").socket() as petra:
        bram.say(type="forward", id=uuid4(), conversation=pair, source=group, seq=1)
        own, ack, theirs = bram.hear("message"), bram.hear("ack"), petra.hear("message")
        assert own == theirs
        assert (theirs["body"], theirs["sender"]) == ("kan het ook donderdag?", str(world.id("bram")))
        assert (theirs["forwarded"], ack["seq"], ack["id"]) == (True, 1, theirs["id"])
        bram.say(type="history", request=1, conversation=pair, before=9)
        assert [m["forwarded"] for m in bram.hear("history")["messages"]] == [True]
    entry = AuditEntry.objects.get(tag=Tag.MESSAGE_FORWARDED)
    assert (entry.object, entry.detail, entry.subject) == (str(group), f"1 to {pair}", world.id("anna"))


def test_forwarded_again_under_the_same_id_it_is_one_message(
    world: World, browse: Browse, group: UUID, pair: UUID
) -> None:
    identifier = uuid4()
    with browse("bram").socket() as bram, browse("petra").socket() as petra:
        first, second = (forward(bram, pair, group, identifier=identifier) for _ in range(2))
        assert first == second
        petra.hear("message")
        assert petra.silent()
    assert Message.objects.filter(conversation_id=pair).count() == 1
    del world


def test_msg_7_not_where_somebody_does_not_take_part_in_the_source(
    world: World, browse: Browse, group: UUID, pair: UUID
) -> None:
    Participant.objects.create(conversation_id=pair, person_id=world.id("fatima"))
    with browse("bram").socket() as bram:
        assert forward(bram, pair, group)["code"] == "forbidden"
    assert not Message.objects.filter(conversation_id=pair).exists()
    entry = AuditEntry.objects.get(tag=Tag.REFUSED)
    assert (entry.object, entry.reason, entry.detail) == (str(group), "forbidden", "forward")


def test_msg_7_a_source_that_one_cannot_read_is_answered_as_one_that_is_not_there(
    world: World, browse: Browse, pair: UUID
) -> None:
    foreign = world.conversations["fatima", "joris"]
    world.send("joris", foreign, "geheim")
    with browse("bram").socket() as bram:
        identifier = uuid4()
        answers = [forward(bram, pair, source, identifier=identifier) for source in (foreign, ids.new())]
        assert answers[0] == answers[1]
        assert answers[0]["code"] == "not_found"
        own = world.conversations["bram", "anna"]
        assert forward(bram, pair, own, seq=99, identifier=identifier) == answers[0]
    refused = AuditEntry.objects.filter(tag=Tag.REFUSED, actor=world.id("bram")).order_by("pk")
    assert refused[0].object == str(foreign)
    assert refused.count() == 3


def test_msg_7_not_to_where_one_does_not_take_part(world: World, browse: Browse, group: UUID) -> None:
    foreign = world.conversations["fatima", "joris"]
    with browse("bram").socket() as bram:
        identifier = uuid4()
        assert forward(bram, foreign, group, identifier=identifier) == forward(
            bram, ids.new(), group, identifier=identifier
        )


def test_msg_4_a_withdrawn_message_is_not_forwarded(world: World, browse: Browse, group: UUID, pair: UUID) -> None:
    commit([world.alter("anna", "withdraw", group, seq=1)])
    with browse("bram").socket() as bram:
        assert forward(bram, pair, group)["code"] == "withdrawn"
    assert not Message.objects.filter(conversation_id=pair).exists()
