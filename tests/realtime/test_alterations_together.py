"""What happens to a message, beside what others may see of it: groups, teams, search, closing, what nobody wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests import hours
from tests.live import Browser, Socket
from tests.realtime.test_groups import _add, group
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.messages import segments
from zorgmessenger.messages.committer import MarkJob, commit
from zorgmessenger.messages.events import store_event
from zorgmessenger.messages.models import Message, SearchBlock
from zorgmessenger.origin import NOWHERE
from zorgmessenger.realtime import protocol

Browse = Callable[..., Browser]
__all__ = ["group"]


def ask(socket: Socket, **frame: Any) -> dict[str, Any]:
    """Says a frame; gives its answer."""
    socket.say(request=6, **frame)
    while True:
        answer = socket.hear("altered", "refused", "changes")
        if answer.get("request") == 6:
            return answer


def test_who_came_later_is_told_nothing_of_what_was_before(world: World, browse: Browse, group: UUID) -> None:
    world.send("bram", group, "van voor haar tijd")
    _add(browse, world, group, "petra", history=False)
    with browse("petra").socket() as petra, browse("anna").socket() as anna, browse("bram").socket() as bram:
        ask(bram, type="edit", conversation=group, seq=1, body="ook anders niet voor haar")
        assert anna.hear("altered")["rev"] == 1
        assert petra.silent()
        answer = ask(petra, type="changes", conversation=group, after=0)
        assert ("messages" in answer and answer["messages"], answer["rev"]) == ([], 1)
        absent = ask(petra, type="react", conversation=group, seq=9, reaction="seen")
        assert ask(petra, type="react", conversation=group, seq=1, reaction="seen") == absent
        petra.say(type="send", id=uuid4(), conversation=group, body="wat stond daar?", replyTo=1)
        assert petra.hear("refused")["code"] == "not_found"
        petra.say(type="forward", id=uuid4(), conversation=group, source=group, seq=1)
        assert petra.hear("refused")["code"] == "not_found"
        assert ask(bram, type="withdraw", conversation=group, seq=1)["message"].get("seenBy", []) == []


def test_msg_7_not_where_somebody_came_later_to_the_source(world: World, browse: Browse, group: UUID) -> None:
    world.send("bram", group, "van voor haar tijd")
    _add(browse, world, group, "petra", history=False)
    world.send("bram", group, "van daarna")
    pair = conversations.start(rules.may_start(world["bram"], world["petra"], care_relation=False), NOWHERE)
    with browse("bram").socket() as bram:
        bram.say(type="forward", id=uuid4(), conversation=pair, source=group, seq=1)
        assert bram.hear("refused")["code"] == "forbidden"
        bram.say(type="forward", id=uuid4(), conversation=pair, source=group, seq=2)
        assert bram.hear("ack")["seq"] == 1


def test_to_its_client_a_team_reads_and_reacts_as_one(world: World, browse: Browse) -> None:
    planning, team = world.conversations["petra", "anna"], str(world.team("petra"))
    world.send("anna", planning, "kan het ook woensdag?")
    for name in ("petra", "pim"):
        commit([MarkJob(world.id(name), NOWHERE, planning, 1, 1, lambda _: None)])
        commit([world.alter(name, "react", planning, seq=1, reaction="seen")])
    people = {str(world.id(name)) for name in ("petra", "pim")}
    with browse("anna").socket() as anna, browse("petra").socket() as petra:
        welcome = next(c for c in anna.welcome["conversations"] if c["id"] == str(planning))
        assert welcome["messages"][0]["reactions"] == [{"reaction": "seen", "people": [team]}]
        told = ask(anna, type="withdraw", conversation=planning, seq=1)
        assert told["message"]["seenBy"] == [team]
        assert set(petra.hear("altered")["message"]["seenBy"]) == people
        anna.say(type="history", request=1, conversation=planning, before=9)
        assert anna.hear("history")["messages"][0]["seenBy"] == [team]
        answer = ask(anna, type="changes", conversation=planning, after=0)
        assert answer["messages"][0]["seenBy"] == [team]


@pytest.mark.parametrize("built", [False, True], ids=["message by message", "in blocks"])
def test_what_was_withdrawn_or_edited_away_is_not_found(
    world: World,
    browse: Browse,
    built: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    conversation = world.conversations["bram", "anna"]
    for number in range(segments.WORTH):
        world.send("anna", conversation, f"bericht {number}")
    world.send("anna", conversation, "de zwaluw")
    world.send("anna", conversation, "de spreeuw")
    if built:
        segments.build([conversation])
    first = segments.WORTH + 1
    commit([world.alter("anna", "withdraw", conversation, seq=first)])
    commit([world.alter("anna", "edit", conversation, seq=first + 1, body="de merel")])
    assert not SearchBlock.objects.exists()
    with browse("bram").socket() as bram:
        for word, found in (("zwaluw", []), ("spreeuw", []), ("merel", ["de merel"])):
            bram.say(type="search", request=1, text=word)
            assert [hit["message"]["body"] for hit in bram.hear("found")["hits"]] == found


def test_a_block_of_words_is_not_kept_when_something_was_altered_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, read = world.conversations["bram", "anna"], segments.read
    for number in range(segments.WORTH):
        world.send("anna", conversation, f"bericht {number}")

    def read_and_alter(*args: Any) -> list[segments.Line]:
        lines = read(*args)
        commit([world.alter("anna", "withdraw", conversation, seq=1)])
        return lines

    monkeypatch.setattr(segments, "read", read_and_alter)
    segments.build([conversation])
    assert not SearchBlock.objects.exists()


def test_in_a_closed_group_nothing_is_written_but_a_message_can_be_withdrawn(
    world: World, browse: Browse, group: UUID
) -> None:
    world.send("bram", group, "het laatste")
    assert browse("bram").ask("POST", f"/api/v1/groups/{group}/close").status == 200
    with browse("bram").socket() as bram:
        for frame in ({"type": "edit", "body": "anders"}, {"type": "react", "reaction": "seen"}):
            assert ask(bram, conversation=group, seq=1, **frame)["code"] == "conversation_closed"
        assert ask(bram, type="withdraw", conversation=group, seq=1)["message"]["withdrawnAt"]


def test_what_nobody_wrote_is_nobodys_to_alter_or_to_answer(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    day = hours.today()
    event = protocol.EventBody("stand_in_began", world.id("bram"), world.id("fatima"), day)
    store_event(conversation, event, clock.now())
    with browse("bram").socket() as bram:
        for frame in ({"type": "edit", "body": "x"}, {"type": "withdraw"}, {"type": "react", "reaction": "seen"}):
            assert ask(bram, conversation=conversation, seq=1, **frame)["code"] == "not_found"
        bram.say(type="send", id=uuid4(), conversation=conversation, body="antwoord", replyTo=1)
        assert bram.hear("refused")["code"] == "not_found"
    assert Message.objects.get().rev == 0


def test_a_message_is_not_edited_to_nothing_that_can_be_read(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "iets")
    with browse("anna").socket() as anna:
        assert ask(anna, type="edit", conversation=conversation, seq=1, body=" \u200b\n")["code"] == "empty_body"
