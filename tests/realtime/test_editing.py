"""Editing over the socket: MSG-1, MSG-2 and MSG-4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.live import Browser, Socket
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.messages.committer import Job, commit
from zorgmessenger.messages.models import Message, MessageVersion

Browse = Callable[..., Browser]


def edit(socket: Socket, conversation: UUID, seq: int, body: str) -> dict[str, Any]:
    """Asks for it; gives the answer."""
    socket.say(type="edit", request=3, conversation=conversation, seq=seq, body=body)
    return socket.hear("altered", "refused")


def test_an_edit_reaches_everybody_and_is_marked(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "tot dinsdag")
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        told = edit(anna, conversation, 1, "tot woensdag")
        assert bram.hear("altered")["message"] == told["message"]
        assert (told["message"]["body"], told["rev"]) == ("tot woensdag", 1)
        assert told["message"]["editedAt"] > told["message"]["at"]
        bram.say(type="history", request=1, conversation=conversation, before=9)
        page = bram.hear("history")
        assert (page["messages"], page["rev"]) == ([told["message"]], 1)


def test_msg_2_all_it_said_before_is_kept_sealed_and_in_order(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "een")
    for body in ("twee", "drie"):
        commit([world.alter("anna", "edit", conversation, seq=1, body=body)])
    commit([world.alter("anna", "withdraw", conversation, seq=1)])
    key = keyring().conversation(conversation, world.organisation)
    versions = list(MessageVersion.objects.order_by("rev"))
    place_of = f"body:{conversation.hex}:1"
    said = [
        key.open(bytes(v.body_sealed), place("messages_messageversion", place_of, v.rev)).decode() for v in versions
    ]
    assert said == ["een", "twee", "drie"]
    assert versions[0].at < versions[1].at < versions[2].at
    tags = AuditEntry.objects.filter(actor=world.id("anna"), object=str(conversation)).order_by("position")
    assert [entry.tag for entry in tags] == ["message.sent", "message.edited", "message.edited", "message.withdrawn"]


def test_the_same_text_changes_nothing(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "tot dinsdag")
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        told = edit(anna, conversation, 1, "tot dinsdag")
        assert (told["rev"], told["request"], "editedAt" in told["message"]) == (0, 3, False)
        assert bram.silent()
    assert MessageVersion.objects.count() == Conversation.objects.get(pk=conversation).last_rev == 0
    assert not AuditEntry.objects.filter(tag=Tag.MESSAGE_EDITED).exists()


def test_msg_1_not_after_a_day_and_the_refusal_is_logged(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "tot dinsdag")
    Message.objects.update(at=clock.now() - timedelta(hours=24, minutes=1))
    with browse("anna").socket() as anna:
        refused = edit(anna, conversation, 1, "tot woensdag")
        assert (refused["code"], refused["request"], refused["retry"]) == ("too_late", 3, False)
        assert "dag" in refused["text"]
    assert AuditEntry.objects.get(tag=Tag.REFUSED).detail == "edit"


@pytest.mark.parametrize(("who", "code"), [("bram", "forbidden"), ("petra", "not_found"), ("carla", "not_found")])
def test_msg_1_only_the_sender_edits(world: World, browse: Browse, who: str, code: str) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "van Anna")
    with browse(who).socket() as socket:
        assert edit(socket, conversation, 1, "verdraaid")["code"] == code
    assert Message.objects.get().rev == 0
    assert AuditEntry.objects.filter(tag=Tag.REFUSED, actor=world.id(who), detail="edit").count() == 1


def test_msg_4_a_withdrawn_message_is_not_edited(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "weg ermee")
    commit([world.alter("anna", "withdraw", conversation, seq=1)])
    with browse("anna").socket() as anna:
        assert edit(anna, conversation, 1, "toch weer")["code"] == "withdrawn"
    assert MessageVersion.objects.count() == 1


def test_what_is_edited_and_withdrawn_in_one_batch_ends_withdrawn(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    jobs: list[Job] = [
        world.job("anna", conversation, "een"),
        world.alter("anna", "edit", conversation, seq=1, body="twee"),
        world.alter("anna", "withdraw", conversation, seq=1),
        world.alter("anna", "edit", conversation, seq=1, body="drie"),
    ]
    outcomes = [type(outcome).__name__ for _, outcome in commit(jobs)]
    assert outcomes == ["Sent", "Altered", "Altered", "Conflict"]
    assert (Message.objects.get().rev, Conversation.objects.get(pk=conversation).last_rev) == (2, 2)
