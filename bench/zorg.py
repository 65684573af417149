"""Zorg Messenger as the workloads meet it: the real server as in production, on one core, spoken to over its socket."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench import process, websocket
from bench.lines import BODY, Group, Line, Pair, Told, ignore
from tests import postgresql

if TYPE_CHECKING:
    from bench.world import World

HOST = "127.0.0.1"
ORIGIN = "https://bench.example"
SERVER_CORE = "0"
READERS = 8
NEWEST = re.compile(rb'"seq":')


class ZorgLine:
    """One socket of one person, after its `welcome`."""

    acknowledged: Told
    arrived: Told

    def __init__(self, connection: websocket.WebSocket) -> None:
        self.connection = connection
        self.acknowledged = self.arrived = ignore
        self.welcomed = asyncio.get_running_loop().create_future()
        self._page: asyncio.Future[int] | None = None
        self._body = json.dumps(BODY).encode()
        self._last: dict[bytes, int] = {}
        connection.on_text = self._heard
        connection.send(b'{"type":"hello","protocol":1}')

    def say(self, conversation: str, message: bytes) -> None:
        """Sends one message."""
        self.connection.send(
            b'{"type":"send","id":"%s","conversation":"%s","body":%s}' % (message, conversation.encode(), self._body)
        )

    async def last_fifty(self, conversation: str) -> int:
        """Asks for the newest page."""
        self._page = asyncio.get_running_loop().create_future()
        self.connection.send(
            b'{"type":"history","request":1,"conversation":"%s","before":9007199254740991,"limit":50}'
            % conversation.encode()
        )
        return await self._page

    async def search(self, text: str) -> int:
        """Searches, and gives how many messages came."""
        self._page = asyncio.get_running_loop().create_future()
        self.connection.send(b'{"type":"search","request":2,"text":"%s"}' % text.encode())
        return await self._page

    def leave(self) -> None:
        """Closes the socket."""
        if self.connection.closed:
            raise RuntimeError(f"the server closed a socket: {self.connection.closed}")
        self.connection.leave()

    def _heard(self, text: bytes) -> None:
        kind = text[9:14]
        if kind == b"messa":
            self._in_order(text)
            self.arrived(_identifier(text))
        elif kind == b'ack",':
            self.acknowledged(_identifier(text))
        elif kind in {b"histo", b"found"} and self._page:
            self._page.set_result(len(NEWEST.findall(text)))
        elif kind == b"welco":
            self.welcomed.set_result(len(text))
        elif kind == b"refus":
            raise RuntimeError(text.decode())

    def _in_order(self, text: bytes) -> None:
        """Stops where a number is left out: `{"type":"message","conversation":"<36>","seq":<number>,…`."""
        conversation, seq = text[34:70], int(text[78 : text.index(b",", 78)])
        last = self._last.get(conversation, seq - 1)
        assert seq == last + 1, f"message {seq} came after {last}"
        self._last[conversation] = seq


def _identifier(text: bytes) -> bytes:
    at = text.index(b'"id":"') + 6
    return text[at : at + 36]


class Zorg:
    """A running server, its database, and the people in it."""

    def __init__(self, name: str, port: int, pids: tuple[int, ...], world: World, started_in: float) -> None:
        self.name, self.port, self.pids, self.world, self.started_in = name, port, pids, world, started_in

    async def line(self, cookie: str) -> ZorgLine:
        """Connects somebody."""
        line = ZorgLine(await websocket.connect(HOST, self.port, ORIGIN, cookie))
        async with asyncio.timeout(30):
            await line.welcomed
        return line

    @asynccontextmanager
    async def lines(self, cookies: list[str]) -> AsyncIterator[list[ZorgLine]]:
        """Connects people, and closes what is still open in the end."""
        found = [await self.line(cookie) for cookie in cookies]
        yield found
        for line in found:
            line.leave()
        await asyncio.sleep(0.5)

    @asynccontextmanager
    async def pairs(self) -> AsyncIterator[list[Pair]]:
        """Fifty pairs."""
        cookies = [cookie for one, other, _ in self.world["pairs"] for cookie in (one, other)]
        async with self.lines(cookies) as found:
            by_cookie = dict(zip(cookies, found, strict=True))
            yield [Pair(by_cookie[one], by_cookie[other], where) for one, other, where in self.world["pairs"]]

    @asynccontextmanager
    async def group(self) -> AsyncIterator[Group]:
        """Fifty in one conversation."""
        cookies, conversation = self.world["group"]
        async with self.lines(cookies) as found:
            receivers: list[Line] = [*found[1:]]
            yield Group(found[0], receivers, conversation)

    @asynccontextmanager
    async def readers(self) -> AsyncIterator[tuple[list[Line], str]]:
        """Eight sockets of the two who take part in the long conversation."""
        cookies, conversation = self.world["long"]
        async with self.lines([cookies[number % 2] for number in range(READERS)]) as found:
            lines: list[Line] = [*found]
            yield lines, conversation

    @asynccontextmanager
    async def searcher(self) -> AsyncIterator[ZorgLine]:
        """Somebody who takes part in conversations of 100,000 messages."""
        async with self.lines([self.world["searcher"]]) as (line,):
            yield line

    @asynccontextmanager
    async def idle(self, connections: int) -> AsyncIterator[None]:
        """So many sockets, over everybody evenly."""
        everybody = [cookie for one, other, _ in self.world["pairs"] for cookie in (one, other)]
        async with self.lines([everybody[number % len(everybody)] for number in range(connections)]):
            yield

    def cpu_seconds(self) -> float:
        """Of the server and of PostgreSQL."""
        return process.cpu_seconds(*self.pids)

    def memory(self) -> int:
        """Of the server."""
        return sum(process.memory(pid) for pid in process.family(self.pids[0]))


@contextmanager
def running(folder: Path, *, on_postgresql: bool) -> Iterator[Zorg]:
    """Runs the server on an empty database that was filled for it."""
    with ExitStack() as stack:
        environment = settings(folder, on_postgresql=on_postgresql)
        pids: tuple[int, ...] = ()
        if on_postgresql:
            pin = ("taskset", "-c", SERVER_CORE)
            pids = (stack.enter_context(postgresql.cluster(environment["ZORG_DATABASE"], *pin)),)
        filling = subprocess.run(
            [sys.executable, "-m", "bench.fill"], env=environment, check=True, stdout=subprocess.PIPE
        )
        log = stack.enter_context((folder / "server.log").open("wb"))
        command = ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "zorgmessenger", "serve"]
        start = time.perf_counter()
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        stack.callback(server.wait, 30)
        stack.callback(server.terminate)
        port = int(environment["ZORG_PORT"])
        wait_for(port, server, folder / "server.log")
        started_in = time.perf_counter() - start
        name = "Zorg Messenger, PostgreSQL" if on_postgresql else "Zorg Messenger, SQLite"
        yield Zorg(name, port, (server.pid, *pids), json.loads(filling.stdout), started_in)


def settings(folder: Path, *, on_postgresql: bool) -> dict[str, str]:
    """The environment of a production server; behind a proxy for TLS, as it would be, that is not here."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "zorgmessenger.config.django",
        "ZORG_ENVIRONMENT": "production",
        "ZORG_DATA_DIR": str(folder),
        "ZORG_DATABASE": postgresql.address() if on_postgresql else f"sqlite:///{folder}/bench.sqlite3",
        "ZORG_ROOT_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "ZORG_PUBLIC_URL": ORIGIN,
        "ZORG_MAIL_URL": "smtp://127.0.0.1:9",
        "ZORG_SCANNER": "none",
        "ZORG_HOST": HOST,
        "ZORG_PORT": str(port),
        "ZORG_LOG_LEVEL": "WARNING",
        "ZORG_SOCKET_RATE": "1000000",
    }


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Waits for the first answer."""
    asked = urllib.request.Request(f"http://{HOST}:{port}/api/v1/session")
    asked.add_header("Host", ORIGIN.split("//")[1])
    asked.add_header("X-Forwarded-Proto", "https")
    for _ in range(3000):
        try:
            urllib.request.urlopen(asked, timeout=5).close()  # noqa: S310  (our own address)
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"the server did not start: {log.read_text()}")
