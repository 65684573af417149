"""ejabberd as the workloads meet it: Debian's, with its archive in PostgreSQL, without TLS and without rate limits.

It runs in a temporary folder on free loopback ports and touches nothing of an installed one. Passwords are stored
plain, so that signing in costs little; the people and the long conversation are written straight into its tables.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench import process, xmpp
from bench.lines import BODY, Group, Line, Pair
from tests import postgresql

ADDRESS = "127.0.0.1"
HOST = "localhost"
ROOM = "meetlat@conference.localhost"
PASSWORD = "made-up"  # noqa: S105  (of people who are made up)
PEOPLE, PAIRS, GROUP, LONG, READERS = 10_000, 50, 50, 10_000, 8
SCHEMA = Path("/usr/share/ejabberd/sql/pg.sql")
LIBRARIES = "/usr/lib/x86_64-linux-gnu"
STARTED_WITHIN = 60
CONFIGURATION = """
hosts: [localhost]
loglevel: error
auth_method: sql
auth_password_format: plain
default_db: sql
sql_type: pgsql
sql_server: "127.0.0.1"
sql_port: {sql_port}
sql_database: postgres
sql_username: zorg
sql_password: ""
sql_pool_size: 10
listen:
  - {{port: {port}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: infinity, shaper: none, access: all}}
modules:
  mod_disco: {{}}
  mod_stream_mgmt: {{max_ack_queue: infinity}}
  mod_mam: {{default: always, assume_mam_usage: true}}
  mod_muc:
    access_create: all
    max_users: 1000
    min_message_interval: 0
    min_presence_interval: 0
    default_room_options: {{mam: true}}
"""


class NotInstalled(Exception):
    """There is no ejabberd on this machine."""


class Ejabberd:
    """A running ejabberd, its PostgreSQL, and the people in it."""

    name = "ejabberd, PostgreSQL"

    def __init__(self, port: int, pids: tuple[int, int], started_in: float) -> None:
        self.port, self.pids, self.started_in = port, pids, started_in

    @asynccontextmanager
    async def lines(self, people: list[int]) -> AsyncIterator[list[xmpp.XmppLine]]:
        """Connects people, by their number."""
        found = [await xmpp.connect(ADDRESS, self.port, HOST, f"p{number}", PASSWORD) for number in people]
        yield found
        for line in found:
            line.leave()
        time.sleep(0.5)  # noqa: ASYNC251  (nothing else goes on)

    @asynccontextmanager
    async def pairs(self) -> AsyncIterator[list[Pair]]:
        """Fifty pairs."""
        async with self.lines([*range(2 * PAIRS)]) as found:
            yield [Pair(one, other, other.jid) for one, other in zip(found[::2], found[1::2], strict=True)]

    @asynccontextmanager
    async def group(self) -> AsyncIterator[Group]:
        """Fifty in one room."""
        async with self.lines([*range(GROUP)]) as found:
            for line in found:
                await line.enter(ROOM)
            receivers: list[Line] = [*found[1:]]
            yield Group(found[0], receivers, ROOM)

    @asynccontextmanager
    async def readers(self) -> AsyncIterator[tuple[list[Line], str]]:
        """Eight connections of one person to a long conversation."""
        async with self.lines([0] * READERS) as found:
            lines: list[Line] = [*found]
            yield lines, f"long@{HOST}"

    @asynccontextmanager
    async def idle(self, connections: int) -> AsyncIterator[None]:
        """So many connections, each of somebody else: many of one person would tell each other of their presence."""
        async with self.lines([*range(connections)]):
            yield

    def cpu_seconds(self) -> float:
        """Of ejabberd and PostgreSQL."""
        return process.cpu_seconds(*self.pids)

    def memory(self) -> int:
        """Of ejabberd."""
        return process.memory(self.pids[0])


@contextmanager
def running(folder: Path) -> Iterator[Ejabberd]:
    """Runs ejabberd on core 0.

    Raises:
        NotInstalled: ejabberd or its PostgreSQL driver is not here; the message says what to install.
    """
    if not SCHEMA.exists() or not any(Path("/usr/lib/erlang/lib").glob("p1_pgsql-*")):
        raise NotInstalled("not here: apt-get install ejabberd erlang-p1-pgsql")
    with ExitStack() as stack:
        url, port = postgresql.address(), free_port()
        database = stack.enter_context(postgresql.cluster(url, "taskset", "-c", "0"))
        fill(url)
        settings = folder / "ejabberd.yml"
        settings.write_text(CONFIGURATION.format(port=port, sql_port=urlsplit(url).port))
        environment = {
            **os.environ,
            "EJABBERD_CONFIG_PATH": str(settings),
            "EJABBERD_LOG_PATH": str(folder / "ejabberd.log"),
            "ERL_LIBS": LIBRARIES,
            "ERL_CRASH_DUMP_BYTES": "0",
        }
        erl = shutil.which("erl") or "erl"
        command = ["taskset", "-c", "0", erl, "+K", "true", "+P", "250000", "-noinput"]
        command += ["-mnesia", "dir", f'"{folder}/spool"', "-s", "ejabberd"]
        start = time.perf_counter()
        log = stack.enter_context((folder / "output.log").open("wb"))
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
        stack.callback(server.wait, 60)
        stack.callback(server.send_signal, signal.SIGTERM)
        wait_for(port, server, folder)
        yield Ejabberd(port, (server.pid, database), time.perf_counter() - start)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port


def fill(url: str) -> None:
    """Makes the tables, the people, and the long conversation of the first of them."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(SCHEMA.read_bytes())
        people = [(f"p{number}", PASSWORD) for number in range(PEOPLE)]
        cursor.executemany("INSERT INTO users (username, password) VALUES (%s, %s)", people)
        start, peer = time.time_ns() // 1000 - LONG * 1_000_000, f"long@{HOST}"
        with cursor.copy(
            "COPY archive (username, timestamp, peer, bare_peer, xml, txt, kind, nick) FROM STDIN"
        ) as rows:
            for number in range(LONG):
                head = f"<message to='p0@{HOST}' from='{peer}/bench' type='chat' id='{number:036}'>"
                xml = f"{head}<body>{BODY}</body></message>"
                rows.write_row(("p0", start + number * 1_000_000, f"{peer}/bench", peer, xml, BODY, "chat", ""))


def wait_for(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    """Waits until it accepts connections."""
    for _ in range(STARTED_WITHIN * 20):
        try:
            socket.create_connection((ADDRESS, port)).close()
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    logs = "".join(path.read_text(errors="replace") for path in folder.glob("*.log"))
    raise RuntimeError(f"ejabberd did not start: {logs}")
