"""When something is wrong with one socket, one message or one moment, that one is told, and the others go on."""

from __future__ import annotations

import asyncio
import errno
import json
import resource
import socket
import threading
import time
from collections.abc import Callable, MutableMapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.live import ORIGIN, WAIT, Browser, running
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.audit import writer
from zorgmessenger.config import asgi
from zorgmessenger.config.connections import Connections
from zorgmessenger.config.serve import listening
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.messages import engine
from zorgmessenger.messages.models import Message
from zorgmessenger.origin import NOWHERE
from zorgmessenger.realtime import protocol, session, websocket
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.realtime.session import Session
from zorgmessenger.realtime.websocket import MAX_WAITING, Connection

Browse = Callable[..., Browser]


def test_a_damaged_message_is_an_error_and_never_data_and_the_socket_goes_on(world: World, browse: Browse) -> None:
    """What is asked is answered: nobody waits for ever."""
    conversation = world.conversations["bram", "anna"]
    with browse("anna").socket() as anna:
        for number in range(1, 4):
            world.send("bram", conversation, f"bericht {number}")
        row = Message.objects.get(conversation_id=conversation, seq=2)
        damaged = bytearray(row.body_sealed)
        damaged[-1] ^= 1
        Message.objects.filter(pk=row.pk).update(body_sealed=bytes(damaged))
        anna.say(type="history", request=5, conversation=conversation, after=0)
        refused = anna.hear("refused", "history")
        assert (refused["type"], refused["request"], refused["code"]) == ("refused", 5, "failed")
        anna.say(type="history", request=6, conversation=conversation, after=2)
        assert [message["body"] for message in anna.hear("history")["messages"]] == ["bericht 3"]
    answer = browse("anna").ask("GET", f"/api/v1/conversations/{conversation}/messages")
    assert (answer.status, answer.body["code"]) == (500, "failed")


def test_bodies_that_were_swapped_between_rows_do_not_open(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    with browse("anna").socket() as anna:
        for number in (1, 2):
            world.send("bram", conversation, f"bericht {number}")
        one, two = (Message.objects.get(conversation_id=conversation, seq=seq) for seq in (1, 2))
        Message.objects.filter(pk=one.pk).update(body_sealed=bytes(two.body_sealed))
        Message.objects.filter(pk=two.pk).update(body_sealed=bytes(one.body_sealed))
        for after in (0, 1):
            anna.say(type="history", request=after, conversation=conversation, after=after, limit=1)
            assert anna.hear("refused", "history")["type"] == "refused"


def test_who_is_refused_for_a_while_may_go_on_afterwards(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was refused is not in flight any more."""
    conversation = world.conversations["bram", "anna"]
    monkeypatch.setattr(session, "MAX_IN_FLIGHT", 3)
    with browse("anna").socket() as anna:
        with monkeypatch.context() as full:
            full.setattr(engine, "MAX_UNDER_WAY", 0)
            for _ in range(10):
                identifier = uuid4()
                anna.say(type="send", id=identifier, conversation=conversation, body="te druk")
                refused = anna.hear("refused")
                assert (refused["id"], refused["code"], refused["retry"]) == (str(identifier), "unavailable", True)
        anna.say(type="send", id=identifier, conversation=conversation, body="te druk")
        assert anna.hear("ack")["seq"] == 1


def test_what_cannot_be_logged_is_not_shown(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("bram", conversation, "niet te zien")
    anna, stranger = browse("anna"), browse("anna")
    real = writer.append

    def broken(entries: Any) -> None:
        if entries:
            raise OSError("no room for the log")
        real(entries)

    with anna.socket() as socket:
        monkeypatch.setattr(writer, "append", broken)
        socket.say(type="history", request=1, conversation=conversation, after=0)
        refused = socket.hear("refused", "history")
        assert (refused["type"], refused["code"], refused["retry"]) == ("refused", "unavailable", True)
        identifier = uuid4()
        socket.say(type="send", id=identifier, conversation=conversation, body="niet bewaard")
        assert socket.hear("refused", "ack")["code"] == "unavailable"
    with stranger.bare_socket() as socket:
        socket.say(type="hello", protocol=1)
        assert socket.close_code() == Close.FAILED
    path = f"/api/v1/conversations/{conversation}/messages"
    assert stranger.ask("GET", path).status == 500
    assert stranger.ask("POST", path, {"id": str(identifier), "body": "niet bewaard"}).status == 503
    assert stranger.ask("GET", "/api/v1/me").status == 500
    monkeypatch.undo()
    assert Message.objects.count() == 1
    assert writer.verify([world.organisation]) is None


@pytest.mark.parametrize("turns", range(8))
def test_a_close_is_lost_at_no_turn_of_the_loop(turns: int) -> None:
    """Also not between the last frame's going out and its end: who signs out just then does not keep their socket."""

    async def scene() -> list[Any]:
        sent: list[Any] = []
        blocked = asyncio.Event()

        async def send(message: MutableMapping[str, Any]) -> None:
            await blocked.wait()
            sent.append(message.get("text", message.get("code")))

        mine = Connection(uuid4(), NOWHERE, Session(rate=10, burst=10), send)
        mine.welcome("welcome")
        await asyncio.sleep(0)
        blocked.set()
        for _ in range(turns):
            await asyncio.sleep(0)
        mine.close(Close.SIGNED_OUT)
        for _ in range(10):
            await asyncio.sleep(0)
        return sent

    assert asyncio.run(scene()) == ["welcome", Close.SIGNED_OUT]


def test_who_says_no_hello_is_closed(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    del world
    monkeypatch.setattr(websocket, "HELLO_WITHIN", 0.2)
    with browse("anna").bare_socket() as anna:
        assert anna.close_code() == Close.TOO_SLOW
    with browse("anna").socket() as anna:
        time.sleep(0.4)
        anna.say(type="ping")
        assert anna.hear("pong")


def test_a_flood_of_frames_closes_that_socket_only(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        try:
            for _ in range(3000):
                anna.say(type="typing", conversation=conversation)
        except ConnectionClosed:
            pass
        assert anna.close_code() == Close.TOO_MANY
        bram.say(type="ping")
        assert bram.hear("pong")


def test_a_reader_that_does_not_read_is_dropped_and_nobody_else_waits(world: World, browse: Browse) -> None:
    """The server keeps no more than it may for them; when they read again they find that they were closed."""
    frames, size = 1500, 50_000
    anna, bram = browse("anna"), browse("bram")
    headers = {"Cookie": f"session={anna.cookie}"}
    url = anna.address.replace("http", "ws") + "/socket"
    slow = connect(url, additional_headers=headers, origin=Origin(ORIGIN), max_queue=1, ping_interval=None)
    with slow, bram.socket() as quick:
        slow.send('{"type":"hello","protocol":1}')
        assert json.loads(slow.recv(timeout=10))["type"] == "welcome"
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told = threading.Thread(target=_tell, args=(world.id("anna"), frames, size))
        told.start()
        for _ in range(20):
            quick.say(type="ping")
            quick.hear("pong", within=1)
        told.join()
        [stuck] = [one for one in hub._listeners[world.id("anna")] if isinstance(one, Connection)]  # noqa: SLF001
        assert stuck.state.closed
        assert not stuck._outbox  # noqa: SLF001  (how much it keeps is what is tested)
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < frames * size / 1024 / 2
        assert _code_at_the_end(slow) == Close.BEHIND
    assert frames * size > 10 * MAX_WAITING


def test_a_reader_that_never_reads_again_is_cut_off_by_the_kernel() -> None:
    """No close can be written to them, so none would ever end it."""
    with listening("127.0.0.1", 0, stuck_after=0.5) as listener:
        listener.listen()
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as ours:
            ours.settimeout(20)
            with pytest.raises(OSError, match="timed out") as cut:
                ours.sendall(bytes(50_000_000))
    assert cut.value.errno == errno.ETIMEDOUT, "by the kernel, before our own patience ends"


def test_a_port_that_is_taken_is_named_with_the_remedy() -> None:
    with listening("127.0.0.1", 0) as listener:
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"127.0.0.1:{port} .*ZORG_PORT"):
            listening("127.0.0.1", port)
    with pytest.raises(ConfigurationError, match="ZORG_HOST"):
        listening("192.0.2.1", 0)


def _code_at_the_end(line: ClientConnection) -> int:
    try:
        while True:
            line.recv(timeout=10)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


def _tell(person: UUID, frames: int, size: int) -> None:
    for seq in range(frames):
        hub.tell([person], protocol.Message(uuid4(), seq, uuid4(), person, clock.now(), "x" * size))
        time.sleep(0.0005)


def test_what_runs_beside_the_server_is_done_before_its_connections_are_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    begun, goes_on, order = threading.Event(), threading.Event(), list[str]()

    def work() -> None:
        if not begun.is_set():
            begun.set()
            goes_on.wait(WAIT)
            order.append("done")

    def close(connections: Connections) -> None:
        order.append("closed")
        real(connections)

    real = Connections.close
    monkeypatch.setattr(Connections, "close", close)
    monkeypatch.setattr(asgi, "BESIDE", ((0.01, work),))
    with running():
        assert begun.wait(WAIT)
        threading.Timer(0.2, goes_on.set).start()
    assert order == ["done", "closed"]
