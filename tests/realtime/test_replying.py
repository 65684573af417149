"""Answering a message: MSG-4 and MSG-5."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from tests.live import Browser
from tests.world import World
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.errors import Conflict, NotFound
from zorgmessenger.messages.committer import Job, Sent, commit
from zorgmessenger.messages.models import Message

Browse = Callable[..., Browser]


def test_a_reply_says_what_it_answers_live_and_afterwards(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("bram", conversation, "dinsdag of woensdag?")
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        anna.say(type="send", id=uuid4(), conversation=conversation, body="woensdag", replyTo=1)
        assert anna.hear("ack")["seq"] == 2
        assert bram.hear("message")["replyTo"] == 1
        bram.say(type="history", request=1, conversation=conversation, before=9)
        assert [m.get("replyTo") for m in bram.hear("history")["messages"]] == [None, 1]
    with browse("bram").socket() as bram:
        told = next(c for c in bram.welcome["conversations"] if c["id"] == str(conversation))
        assert told["messages"][-1]["replyTo"] == 1


def test_msg_5_a_reply_to_what_is_not_there_is_not_stored_and_logged(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("fatima", world.conversations["fatima", "joris"], "elders")
    with browse("anna").socket() as anna:
        for seq in (0, 1, 2, 99):
            anna.say(type="send", id=uuid4(), conversation=conversation, body="antwoord", replyTo=seq)
            assert anna.hear("refused")["code"] == "not_found"
    assert not Message.objects.filter(conversation_id=conversation).exists()
    assert AuditEntry.objects.filter(tag=Tag.REFUSED, detail="send").count() == 4


def test_msg_4_a_withdrawn_message_is_not_answered_but_an_answer_stays(world: World) -> None:
    conversation, identifier = world.conversations["bram", "anna"], uuid4()
    world.send("bram", conversation, "dinsdag of woensdag?")
    reply = world.job("anna", conversation, "woensdag", identifier, reply_to=1)
    late = world.job("anna", conversation, "toch dinsdag", reply_to=1)
    jobs: list[Job] = [reply, world.alter("bram", "withdraw", conversation, seq=1), late, reply]
    outcomes = [outcome for _, outcome in commit(jobs)]
    assert [type(outcome).__name__ for outcome in outcomes] == ["Sent", "Altered", "Conflict", "Sent"]
    assert isinstance(outcomes[2], Conflict)
    assert outcomes[2].code == "withdrawn"
    assert Message.objects.get(seq=2).reply_to == 1


def test_a_message_may_be_answered_in_the_batch_that_stores_it(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    question, reply = world.job("bram", conversation, "?"), world.job("anna", conversation, "!", reply_to=1)
    assert [type(outcome) for _, outcome in commit([question, reply])] == [Sent, Sent]
    assert [type(outcome) for _, outcome in commit([world.job("anna", conversation, "x", reply_to=7)])] == [NotFound]
