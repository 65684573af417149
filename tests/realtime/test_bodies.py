"""What a message may hold, the same at both doors; and how many one person may send by HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.live import Browser
from tests.world import World
from zorgmessenger.accounts import limits
from zorgmessenger.messages.bodies import is_blank
from zorgmessenger.messages.models import Message
from zorgmessenger.realtime import protocol
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
BLANK = [" ", "\n\t ", "\x00", "\u200b", "\u00a0\u2003", "\u202e\u200d", "\x07\x1b", "\u2028"]


@pytest.mark.parametrize("body", BLANK, ids=ascii)
def test_what_nobody_can_read_is_refused_at_both_doors(world: World, browse: Browse, body: str) -> None:
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    path = f"/api/v1/conversations/{conversation}/messages"
    answer = anna.ask("POST", path, {"id": str(uuid4()), "body": body})
    assert (answer.status, answer.body["code"], answer.body["text"]) == (400, "empty_body", text("error.empty_body"))
    with anna.socket() as socket:
        socket.say(type="send", id=uuid4(), conversation=conversation, body="")
        assert socket.hear("refused", "ack")["code"] == "empty_body"
        socket.say(type="send", id=uuid4(), conversation=conversation, body=body)
        refused = socket.hear("refused", "ack")
        assert (refused["type"], refused["code"], refused["retry"]) == ("refused", "empty_body", False)
        socket.say(type="ping")
        assert socket.hear("pong")
    assert not Message.objects.exists()


@pytest.mark.parametrize("body", ["x", " x ", "👍", "\n.", "é", "e\u0301", "李", "\U0001fae8"], ids=ascii)
def test_whatever_shows_is_a_message(body: str) -> None:
    assert not is_blank(body)


def test_ten_thousand_emoji_go_through_both_doors_in_either_way_of_writing(world: World, browse: Browse) -> None:
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    longest = "🙂" * protocol.MAX_BODY
    with anna.socket() as socket:
        for escaped in (True, False):
            said = {"type": "send", "id": str(uuid4()), "conversation": str(conversation), "body": longest}
            socket.connection.send(json.dumps(said, ensure_ascii=escaped))
            assert socket.hear("ack")
            by_http = json.dumps({"id": str(uuid4()), "body": longest}, ensure_ascii=escaped).encode()
            assert anna.ask("POST", f"/api/v1/conversations/{conversation}/messages", by_http).status == 201
    assert Message.objects.count() == 4


def test_one_person_sends_only_so_many_a_minute_by_http(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MESSAGES_BY_HTTP", limits.Limit("messages_by_http", 2, 1))
    path = f"/api/v1/conversations/{world.conversations['bram', 'anna']}/messages"

    def send(browser: Browser) -> int:
        return browser.ask("POST", path, {"id": str(uuid4()), "body": "hallo"}).status

    anna, elsewhere = browse("anna"), browse("anna")
    assert [send(anna), send(elsewhere), send(anna), send(elsewhere)] == [201, 201, 429, 429]
    assert send(browse("bram")) == 201
    assert Message.objects.count() == 3
