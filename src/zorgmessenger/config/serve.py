"""Runs the server: uvicorn with uvloop, one process."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable

import uvicorn
from django.conf import settings as django_settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.config import made_up
from zorgmessenger.config.asgi import Application
from zorgmessenger.config.settings import Settings
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.files.opening import store
from zorgmessenger.realtime.protocol import MAX_FRAME

_SWITCH = 0.001
"""Seconds between threads: the loop should not wait long for the committer's turn to end."""


REMEDY = "set ZORG_HOST and ZORG_PORT"
DEMO_REMEDY = 'choose another: make run ARGS="--port 8001"'
STUCK_AFTER = 60.0
"""Seconds after which a connection is ended whose other end takes nothing of what waits for it."""


class _Server(uvicorn.Server):
    """uvicorn, saying when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._ready(self.servers[0].sockets[0].getsockname()[1])


def serve(settings: Settings, ready: Callable[[int], None]) -> None:
    """Serves until a signal ends it; `ready` is told the port.

    Raises:
        ConfigurationError: the database is not of this version, a demo's is not its own, the port is not free, or
            files cannot be kept where they are to be.
    """
    if settings.demo:
        made_up.check()
    migrations = MigrationExecutor(connection)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        raise ConfigurationError("the database is not of this version; run: zorgmessenger migrate")
    store()
    record(Entry(Tag.SERVER_STARTED))
    connection.close()
    sys.setswitchinterval(_SWITCH)
    config = uvicorn.Config(
        Application(settings, django_settings.SESSION_COOKIE_NAME),
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        lifespan="on",
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=5,
    )
    remedy = DEMO_REMEDY if settings.demo else REMEDY
    _Server(config, ready).run(sockets=[listening(settings.host, settings.port, remedy=remedy)])


def listening(host: str, port: int, stuck_after: float = STUCK_AFTER, remedy: str = REMEDY) -> socket.socket:
    """A socket to listen on, which gives what it accepts a time to be read in.

    A WebSocket with something still to be written cannot be closed from above: not by its keep-alive either. So the
    kernel ends it (TCP_USER_TIMEOUT, RFC 5482, inherited by what is accepted; Linux has it).

    Raises:
        ConfigurationError: the port is not free, or the address not this machine's.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(stuck_after * 1000))
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = error.strerror or "no such address"
        raise ConfigurationError(f"cannot listen on {host}:{port} ({reason}); {remedy}") from error
    return listener
