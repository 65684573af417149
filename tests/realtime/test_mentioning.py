"""Mentions: MSG-8."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from tests.live import Browser
from tests.world import World
from zorgmessenger.conversations.models import Participant
from zorgmessenger.messages.committer import commit
from zorgmessenger.messages.models import Message

Browse = Callable[..., Browser]


@pytest.fixture
def group(world: World) -> UUID:
    """Bram, Anna and Petra in one conversation."""
    conversation = world.conversations["bram", "anna"]
    Participant.objects.create(conversation_id=conversation, person_id=world.id("petra"))
    return conversation


def test_who_is_mentioned_is_told_live_and_afterwards(world: World, browse: Browse, group: UUID) -> None:
    petra = str(world.id("petra"))
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        body, mentions = "@Petra van Toneel, kan het?", [petra, petra]
        anna.say(type="send", id=uuid4(), conversation=group, body=body, mentions=mentions)
        assert bram.hear("message")["mentions"] == [petra]
        anna.hear("ack")
        bram.say(type="history", request=1, conversation=group, before=9)
        assert bram.hear("history")["messages"][0]["mentions"] == [petra]


def test_msg_8_who_does_not_take_part_is_left_out(world: World, group: UUID) -> None:
    named = tuple(world.id(name) for name in ("fatima", "carla", "petra", "anna"))
    commit([world.job("anna", group, "@iedereen", mentions=(*named, uuid4()))])
    assert Message.objects.get().mentions == world.id("petra").hex


def test_msg_8_between_two_nobody_is_mentioned(world: World) -> None:
    conversation = world.conversations["fatima", "joris"]
    commit([world.job("joris", conversation, "@Fatima van Toneel", mentions=(world.id("fatima"),))])
    assert Message.objects.get().mentions == ""


def test_a_withdrawn_message_mentions_nobody(world: World, group: UUID) -> None:
    commit([world.job("anna", group, "@Petra", mentions=(world.id("petra"),))])
    commit([world.alter("anna", "withdraw", group, seq=1)])
    assert Message.objects.get().mentions == ""
