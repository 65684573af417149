"""Starting conversations over HTTP: ACC-4, and two who do it in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.live import Answer, Browser
from tests.world import World
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations.models import Conversation, Participant

Browse = Callable[..., Browser]


def test_two_who_start_with_each_other_in_one_moment_are_in_one_conversation(world: World, browse: Browse) -> None:
    pairs = [("bram", "fatima"), ("fatima", "bram")] * 3
    browsers = [browse(name) for name, _ in pairs]
    together = Barrier(len(pairs))

    def start(number: int) -> Answer:
        together.wait()
        return browsers[number].ask("POST", "/api/v1/conversations", {"person": str(world.id(pairs[number][1]))})

    with ThreadPoolExecutor(len(pairs)) as pool:
        answers = list(pool.map(start, range(len(pairs))))
    assert [answer.status for answer in answers] == [200] * len(pairs), answers
    assert len({answer.body["conversation"] for answer in answers}) == 1
    assert Conversation.objects.filter(kind="internal").count() == 1
    assert Participant.objects.filter(conversation__kind="internal").count() == 2
    assert AuditEntry.objects.filter(tag=Tag.CONVERSATION_STARTED, object=answers[0].body["conversation"]).count() == 1


def test_both_see_a_new_conversation_on_their_open_sockets(world: World, browse: Browse) -> None:
    bram = browse("bram")
    with bram.socket() as here, browse("fatima").socket() as there, browse("petra").socket() as elsewhere:
        answer = bram.ask("POST", "/api/v1/conversations", {"person": str(world.id("fatima"))})
        for socket in (here, there):
            told = socket.hear("conversation")["conversation"]
            assert (told["id"], told["kind"], told["lastSeq"]) == (answer.body["conversation"], "internal", 0)
        assert elsewhere.silent()


def test_starting_again_gives_the_conversation_there_is(world: World, browse: Browse) -> None:
    bram = browse("bram")
    body = {"person": str(world.id("anna"))}
    first, second = (bram.ask("POST", "/api/v1/conversations", body) for _ in range(2))
    assert first.body == second.body == {"conversation": str(world.conversations["bram", "anna"])}
