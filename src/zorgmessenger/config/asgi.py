"""All parts as one server: HTTP to Django on threads, the socket to the engine, and what runs beside them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection

from zorgmessenger import clock
from zorgmessenger.accounts import challenges, devices, factor_recovery, limits, undeliverable
from zorgmessenger.accounts.models import Session
from zorgmessenger.availability import jobs as availability
from zorgmessenger.calls import live
from zorgmessenger.calls.janus import Sfu
from zorgmessenger.calls.live import Calls
from zorgmessenger.config.connections import Connections
from zorgmessenger.config.http import Http
from zorgmessenger.config.settings import Settings
from zorgmessenger.config.sign_on import Gate
from zorgmessenger.conversations import tell
from zorgmessenger.delivery import outbox
from zorgmessenger.files import sweeping
from zorgmessenger.messages import engine, segments
from zorgmessenger.messages.checker import Checker
from zorgmessenger.notifications import jobs as notifications
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.realtime.websocket import Endpoint, Receive, Scope, Send
from zorgmessenger.signon import rounds as sign_on

_log = structlog.get_logger()
CHECKPOINT_EVERY = 2.0
CHECKPOINT_AT = 4 * 1024 * 1024
"""Bytes of write-ahead log from which it is worth moving."""
SWEEP_EVERY = 3600.0
INDEX_EVERY = 20.0
AVAILABILITY_EVERY = 20.0
RECOVERIES_EVERY = 60.0
TELL_EVERY = 10.0
PUSH_EVERY = 2.0


class Application:
    """The ASGI application."""

    def __init__(self, settings: Settings, cookie: str) -> None:
        self._settings = settings
        self._cookie = cookie
        self._http = Http(get_wsgi_application(), threads=settings.http_threads, secure=settings.secure, cookie=cookie)
        self._endpoint: Endpoint | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends each kind of traffic where it belongs."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            if scope["path"] == "/socket" and self._endpoint is not None:
                await self._endpoint(scope, receive, send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": Close.MALFORMED})
        else:
            await self._lifespan(receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        connections = Connections()
        running = engine.Engine(hub)
        hub.bind(asyncio.get_running_loop())
        engine.set_current(running)
        origins = frozenset({self._settings.address, *self._settings.other_origins})
        server = settings.ZORG_JANUS
        sfu = Sfu(server) if server else None
        if sfu is not None:
            sfu.start()
        calls = Calls(running, hub, sfu)
        tell.watch(calls.look_again)
        await calls.restore()
        live.set_current(calls)
        self._endpoint = Endpoint(
            Gate(running, calls), hub, origins=origins, cookie=self._cookie, rate=self._settings.socket_rate
        )
        await asyncio.to_thread(_logged, availability.keep)
        sender = outbox.Sender(_transport(self._settings), undeliverable.note)
        sender.start()
        checker = Checker()
        await asyncio.to_thread(checker.start)
        stopping = asyncio.Event()
        beside = [asyncio.create_task(_every(seconds, work, stopping)) for seconds, work in BESIDE]
        if connection.vendor == "sqlite":
            beside.append(asyncio.create_task(_every(CHECKPOINT_EVERY, _checkpoint, stopping)))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        stopping.set()
        await asyncio.gather(*beside)
        await asyncio.to_thread(checker.stop)
        live.set_current(None)
        await calls.stop()
        if sfu is not None:
            await sfu.stop()
        hub.close_all(Close.RESTART)
        engine.set_current(None)
        await running.stop()
        hub.bind(None)
        await asyncio.to_thread(sender.stop)
        await asyncio.to_thread(self._http.stop)
        await asyncio.to_thread(connections.close)
        await send({"type": "lifespan.shutdown.complete"})


def _transport(settings: Settings) -> outbox.Transport:
    if not settings.mail_url:
        return outbox.LocalMailbox()
    return outbox.Smtp(settings.mail_url, settings.mail_from, settings.mail_bounces)


async def _every(seconds: float, what: Any, stopping: asyncio.Event) -> None:
    """Does it again and again. What is begun when the server stops is waited for: it uses the database."""
    while not stopping.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), seconds)
            return
        await asyncio.to_thread(_logged, what)


def _logged(what: Any) -> None:
    try:
        close_old_connections()
        what()
    except Exception:  # noqa: BLE001  (the next round may do better)
        _log.exception("background work", work=what.__name__)


def _sweep() -> None:
    limits.sweep()
    over = list(Session.objects.filter(expire_date__lt=clock.now()).values_list("pk", flat=True)[:10_000])
    Session.objects.filter(pk__in=over, expire_date__lt=clock.now()).delete()
    for session in over:
        hub.close_session(session)
    devices.sweep()
    challenges.sweep()


BESIDE = (
    (SWEEP_EVERY, _sweep),
    (SWEEP_EVERY, sweeping.sweep),
    (INDEX_EVERY, segments.build_some),
    (AVAILABILITY_EVERY, availability.keep),
    (RECOVERIES_EVERY, factor_recovery.carry_out),
    (TELL_EVERY, notifications.tell),
    (PUSH_EVERY, notifications.push),
    (sign_on.EVERY, sign_on.keep),
    (sign_on.SELDOM_EVERY, sign_on.keep_all),
)


def _checkpoint() -> None:
    from zorgmessenger.config.sqlite.base import checkpoint  # noqa: PLC0415  (only where the database is SQLite)

    path = str(connection.settings_dict["NAME"])
    log = Path(path + "-wal")
    if log.exists() and log.stat().st_size > CHECKPOINT_AT:
        checkpoint(path)
