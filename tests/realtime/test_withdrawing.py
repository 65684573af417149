"""Withdrawing over the socket (MSG-1, MSG-3), and how every device comes to know: revisions without gaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.live import Browser, Socket
from tests.world import World
from zorgmessenger.audit import writer
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.clock import now
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.crypto.envelope import Unsealable, place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.messages.committer import MarkJob, commit
from zorgmessenger.messages.models import Message, MessageVersion
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]


def withdraw(socket: Socket, conversation: UUID, seq: int) -> dict[str, Any]:
    """Asks for it; gives the answer."""
    socket.say(type="withdraw", request=9, conversation=conversation, seq=seq)
    return socket.hear("altered", "refused")


def read(world: World, name: str, conversation: UUID, seq: int) -> None:
    """Somebody saw messages up to `seq`."""
    commit([MarkJob(world.id(name), NOWHERE, conversation, seq, seq, lambda _: None)])


def mine(socket: Socket, conversation: UUID) -> dict[str, Any]:
    """A conversation in the welcome."""
    found: dict[str, Any] = next(c for c in socket.welcome["conversations"] if c["id"] == str(conversation))
    return found


def test_a_withdrawn_message_is_gone_for_everybody_and_says_that_nobody_had_read_it(
    world: World, browse: Browse
) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "verkeerd gesprek")
    browser = browse("anna")
    with browser.socket() as phone, browser.socket() as laptop, browse("bram").socket() as bram:
        told = withdraw(phone, conversation, 1)
        assert told.pop("request") == 9
        assert told == laptop.hear("altered") == bram.hear("altered")
        assert (told["rev"], told["message"]["rev"], told["message"]["body"]) == (1, 1, "")
        assert told["message"]["withdrawnAt"].endswith("Z")
        assert "seenBy" not in told["message"]


def test_msg_3_the_tombstone_says_who_had_read_it_also_who_left_since(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "een")
    for name in ("petra", "fatima"):
        Participant.objects.create(conversation_id=conversation, person_id=world.id(name))
    read(world, "bram", conversation, 1)
    read(world, "petra", conversation, 1)
    Participant.objects.filter(person_id=world.id("petra"), conversation_id=conversation).update(left_at=now())
    with browse("anna").socket() as anna:
        assert set(withdraw(anna, conversation, 1)["message"]["seenBy"]) == {
            str(world.id("bram")),
            str(world.id("petra")),
        }


def test_a_reader_in_the_same_moment_is_not_overlooked(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "een")
    alteration = world.alter("anna", "withdraw", conversation, seq=1)
    mark = MarkJob(world.id("bram"), NOWHERE, conversation, 1, 1, lambda _: None)
    ((_, _), (_, outcome)) = commit([mark, alteration])
    assert outcome.message.seen_by == [world.id("bram")]  # type: ignore[union-attr]


@pytest.mark.parametrize(("who", "code"), [("bram", "forbidden"), ("carla", "not_found")])
def test_msg_1_only_the_sender_withdraws(world: World, browse: Browse, who: str, code: str) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "van Anna")
    with browse(who).socket() as socket:
        refused = withdraw(socket, conversation, 1)
        assert (refused["code"], refused["request"]) == (code, 9)
    assert Message.objects.get().withdrawn_at is None
    entry = AuditEntry.objects.get(tag=Tag.REFUSED)
    assert (entry.actor, entry.object, entry.detail) == (world.id(who), str(conversation), "withdraw")


def test_msg_1_who_takes_part_no_longer_withdraws_nothing(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "van Anna")
    with browse("anna").socket() as anna:
        Participant.objects.filter(person_id=world.id("anna"), conversation_id=conversation).update(left_at=now())
        assert withdraw(anna, conversation, 1)["code"] == "not_found"


def test_a_message_that_is_not_there_is_answered_as_a_conversation_that_is_not(world: World, browse: Browse) -> None:
    with browse("anna").socket() as anna:
        assert withdraw(anna, world.conversations["bram", "anna"], 7) == withdraw(
            anna, world.conversations["fatima", "joris"], 1
        )


def test_withdrawn_again_it_stays_as_it_is_and_only_who_asked_is_told(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    for body in ("een", "twee"):
        world.send("anna", conversation, body)
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        first, second = withdraw(anna, conversation, 1), withdraw(anna, conversation, 2)
        assert [first["rev"], second["rev"]] == [1, 2]
        assert withdraw(anna, conversation, 1) == first
        assert [bram.hear("altered")["rev"] for _ in range(2)] == [1, 2]
        assert bram.silent()
    assert Conversation.objects.get(pk=conversation).last_rev == 2
    assert AuditEntry.objects.filter(tag=Tag.MESSAGE_WITHDRAWN).count() == 2


def test_msg_3_the_body_is_nowhere_but_sealed_for_the_record(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "dit had ik niet moeten sturen")
    commit([world.alter("anna", "withdraw", conversation, seq=1)])
    assert bytes(Message.objects.get().body_sealed) == b""
    version = MessageVersion.objects.get()
    key = keyring().conversation(conversation, world.organisation)
    kept = bytes(version.body_sealed)
    at = place("messages_messageversion", f"body:{conversation.hex}:1", version.rev)
    assert key.open(kept, at).decode() == "dit had ik niet moeten sturen"
    with pytest.raises(Unsealable):
        key.open(kept, place("messages_messageversion", f"body:{conversation.hex}:1", version.rev + 1))


def test_nobody_is_sent_the_body_again(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "geheim")
    commit([world.alter("anna", "withdraw", conversation, seq=1)])
    bram = browse("bram")
    with bram.socket() as socket:
        socket.say(type="history", request=1, conversation=conversation, before=9)
        page = socket.hear("history")
        assert [m["body"] for m in page["messages"] + mine(socket, conversation)["messages"]] == ["", ""]
    answer = bram.ask("GET", f"/api/v1/conversations/{conversation}/messages")
    assert b"geheim" not in answer.raw
    assert answer.body["messages"][0]["withdrawnAt"]


def test_who_was_away_is_told_what_was_altered_below_what_they_have(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    for number in range(1, 7):
        world.send("anna", conversation, f"{number}")
    commit([world.alter("anna", "withdraw", conversation, seq=seq) for seq in (2, 5, 1)])
    have = {str(conversation): 4}
    with browse("bram").socket(have=have, revs={str(conversation): 1}) as bram:
        told = mine(bram, conversation)
        assert [m["seq"] for m in told["changes"]] == [1]
        assert [(m["seq"], m["body"], m.get("rev", 0)) for m in told["messages"]] == [(5, "", 2), (6, "6", 0)]
        assert told["rev"] == 3
        bram.say(type="changes", request=4, conversation=conversation, after=1)
        answer = bram.hear("changes")
        assert ([m["seq"] for m in answer["messages"]], answer["rev"], answer["complete"]) == ([5, 1], 3, True)
    logged = AuditEntry.objects.filter(tag=Tag.HISTORY_READ, actor=world.id("bram"), object=str(conversation))
    assert [entry.detail for entry in logged.order_by("position")] == ["5-6", "1-1", "5-5", "1-1"]


def test_so_much_was_altered_that_all_is_told_anew(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zorgmessenger.realtime.protocol.MAX_CHANGES", 2)
    conversation = world.conversations["bram", "anna"]
    for number in range(1, 7):
        world.send("anna", conversation, f"{number}")
    commit([world.alter("anna", "withdraw", conversation, seq=seq) for seq in (1, 2, 3)])
    with browse("bram").socket(have={str(conversation): 6}) as bram:
        told = mine(bram, conversation)
        assert (told["anew"], "changes" in told) == (True, False)
        assert [m["seq"] for m in told["messages"]] == [1, 2, 3, 4, 5, 6]
        bram.say(type="changes", request=4, conversation=conversation, after=0)
        answer = bram.hear("changes")
        assert ([m["rev"] for m in answer["messages"]], answer["rev"], answer["complete"]) == ([1, 2], 2, False)


def test_a_device_that_knows_more_than_the_server_is_told_all_anew(world: World, browse: Browse) -> None:
    """The database was restored from a back-up."""
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "een")
    with browse("bram").socket(have={str(conversation): 1}, revs={str(conversation): 8}) as bram:
        assert [m["seq"] for m in mine(bram, conversation)["messages"]] == [1]


def test_a_batch_may_send_and_withdraw_in_one_and_the_log_holds(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    outcomes = commit([world.job("anna", conversation, "een"), world.alter("anna", "withdraw", conversation, seq=1)])
    assert [type(outcome).__name__ for _, outcome in outcomes] == ["Sent", "Altered"]
    assert world.send("anna", conversation, "twee").seq == 2
    assert writer.verify([world.organisation]) is None
