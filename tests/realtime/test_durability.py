"""Acknowledged is durable: a server killed at any moment loses nothing it acknowledged, and stores nothing twice."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from websockets.exceptions import WebSocketException

from tests import migrated
from tests.live import Browser, Socket
from tests.process import Server, installation

ROUNDS = 4
SENDERS = ("bram", "anna")
FEWEST = 16
"""What of each is acknowledged in a round at least, however slow the machine."""


class Sender(threading.Thread):
    """Sends without a pause until the line breaks, and remembers what was acknowledged under which number."""

    def __init__(self, socket: Socket, conversation: str) -> None:
        super().__init__()
        self.socket = socket
        self.conversation = conversation
        self.said: set[UUID] = set()
        self.acknowledged: dict[UUID, int] = {}

    def run(self) -> None:
        with suppress(WebSocketException, OSError, TimeoutError):
            while True:
                for _ in range(8):
                    identifier = uuid4()
                    self.said.add(identifier)
                    self.socket.say(type="send", id=identifier, conversation=self.conversation, body=f"{identifier}")
                for _ in range(8):
                    ack = self.socket.hear("ack")
                    self.acknowledged[UUID(ack["id"])] = ack["seq"]


def shared(welcome: dict[str, Any]) -> str:
    """The conversation of Bram and Anna."""
    return next(str(c["id"]) for c in welcome["conversations"] if c["kind"] == "treatment" and len(c["messages"]) == 9)


def stored(socket: Socket, conversation: str) -> list[dict[str, Any]]:
    """Every message of a conversation, in order."""
    found: list[dict[str, Any]] = []
    while True:
        socket.say(type="history", request=1, conversation=conversation, after=len(found), limit=100)
        page = socket.hear("history")
        found += page["messages"]
        if page["complete"]:
            return found


def sign_in(server: Server, name: str) -> Browser:
    browser = Browser(server.address)
    browser.greet()
    body = {"email": f"{name}@delinde.example", "password": "Zonnebloem-42"}
    assert browser.ask("POST", "/_allauth/browser/v1/auth/login", body).status == 200
    return browser


def test_no_kill_loses_or_doubles_an_acknowledged_message(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(20)  # noqa: S311  (a seed, not a secret)
    demo = installation(tmp_path)
    migrated.put(demo.database, tmp_path_factory)
    conversation = ""
    acknowledged: dict[UUID, int] = {}
    said: set[UUID] = set()
    for _ in range(ROUNDS):
        with demo.running("demo") as server:
            sockets = [sign_in(server, name).socket(origin=server.address) for name in SENDERS]
            conversation = conversation or shared(sockets[0].welcome)
            senders = [Sender(socket, conversation) for socket in sockets]
            for sender in senders:
                sender.start()
            while any(len(sender.acknowledged) < FEWEST and sender.is_alive() for sender in senders):
                senders[0].join(0.01)
            senders[0].join(chance.uniform(0.2, 1.2))
            server.kill()
            for sender in senders:
                sender.join(20)
                acknowledged |= sender.acknowledged
                said |= sender.said
                with suppress(WebSocketException, OSError):
                    sender.socket.close()
    assert len(acknowledged) >= ROUNDS * len(SENDERS) * FEWEST
    with demo.running("demo") as server, sign_in(server, "anna").socket(origin=server.address) as anna:
        messages = stored(anna, conversation)
    assert [m["seq"] for m in messages] == list(range(1, len(messages) + 1))
    numbers = {UUID(m["id"]): m["seq"] for m in messages}
    assert len(numbers) == len(messages)
    assert {identifier: numbers.get(identifier) for identifier in acknowledged} == acknowledged
    assert {UUID(m["body"]) for m in messages[9:]} <= said
    environment = {"ZORG_ENVIRONMENT": "demo", "ZORG_DATA_DIR": str(demo.data)}
    verified = demo.command("audit", "verify", **environment)
    assert verified.returncode == 0, verified.stderr
