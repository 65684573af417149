"""Reactions: MSG-4 and MSG-6."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.live import Browser, Socket
from tests.world import World
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.messages.committer import commit
from zorgmessenger.messages.models import MessageVersion, Reaction
from zorgmessenger.messages.reactions import REACTIONS

Browse = Callable[..., Browser]


def react(socket: Socket, conversation: UUID, reaction: str | None) -> dict[str, Any]:
    """Reacts to the first message; gives the answer."""
    socket.say(type="react", request=5, conversation=conversation, seq=1, reaction=reaction)
    while True:
        answer = socket.hear("altered", "refused")
        if answer.get("request") == 5:
            return answer


def test_a_reaction_reaches_everybody_and_each_person_has_one(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("bram", conversation, "tot dinsdag")
    anna_id, bram_id = str(world.id("anna")), str(world.id("bram"))
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        react(anna, conversation, "thanks")
        assert bram.hear("altered")["message"]["reactions"] == [{"reaction": "thanks", "people": [anna_id]}]
        react(anna, conversation, "agree")
        told = react(bram, conversation, "agree")
        assert told["message"]["reactions"] == [{"reaction": "agree", "people": [anna_id, bram_id]}]
        assert (told["message"]["body"], "editedAt" in told["message"]) == ("tot dinsdag", False)
        react(anna, conversation, None)
        bram.say(type="history", request=1, conversation=conversation, before=9)
        page = bram.hear("history")
        assert page["messages"][0]["reactions"] == [{"reaction": "agree", "people": [bram_id]}]
    with browse("anna").socket(have={str(conversation): 1}) as anna:
        told = next(c for c in anna.welcome["conversations"] if c["id"] == str(conversation))
        assert [m["reactions"] for m in told["changes"]] == [[{"reaction": "agree", "people": [bram_id]}]]


def test_the_same_reaction_again_changes_nothing(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("bram", conversation, "tot dinsdag")
    with browse("anna").socket() as anna:
        assert react(anna, conversation, None)["rev"] == 0
        first = react(anna, conversation, "smile")
        assert react(anna, conversation, "smile") == first
    assert Conversation.objects.get(pk=conversation).last_rev == 1


def test_msg_4_a_withdrawn_message_has_no_reactions_and_gets_none(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("bram", conversation, "tot dinsdag")
    commit([world.alter("anna", "react", conversation, seq=1, reaction="thanks")])
    commit([world.alter("bram", "withdraw", conversation, seq=1)])
    assert not Reaction.objects.exists()
    with browse("anna").socket() as anna:
        assert react(anna, conversation, "thanks")["code"] == "withdrawn"


@pytest.mark.parametrize("who", ["petra", "carla"])
def test_msg_6_who_does_not_take_part_does_not_react(world: World, browse: Browse, who: str) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("bram", conversation, "tot dinsdag")
    with browse(who).socket() as socket:
        assert react(socket, conversation, "seen")["code"] == "not_found"
    assert not Reaction.objects.exists()


def test_a_reaction_is_sealed_and_its_length_says_nothing(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("bram", conversation, "tot dinsdag")
    lengths = set()
    for reaction in REACTIONS:
        commit([world.alter("anna", "react", conversation, seq=1, reaction=reaction)])
        sealed = bytes(Reaction.objects.get().reaction_sealed)
        assert reaction.encode() not in sealed
        lengths.add(len(sealed))
    assert len(lengths) == 1
    assert not MessageVersion.objects.exists()
