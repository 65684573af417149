"""A real server on a free port, in a thread of the test run, and people who use it over HTTP and the socket."""

from __future__ import annotations

import asyncio
import http.cookiejar
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Self
from unittest import mock
from urllib.request import OpenerDirector as Opener

import uvicorn
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.cast import PASSWORD, address_of
from zorgmessenger.config import asgi
from zorgmessenger.realtime.protocol import MAX_FRAME

ORIGIN = settings.ZORG.address
WAIT = 10.0
django = cache(get_wsgi_application)
"""Keeps nothing from one request to the next. It looks through the web app's files as it is made: once is enough."""


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._stopping = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.ready.set()

    async def main_loop(self) -> None:
        """Waits to be stopped, where uvicorn's own looks ten times a second whether it is."""
        await self.on_tick(0)
        await self._stopping.wait()

    def stop(self) -> None:
        """Stops it; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopping.set)


@contextmanager
def running() -> Iterator[str]:
    """Runs the whole application; gives its address."""
    with mock.patch.object(asgi, "get_wsgi_application", django):
        application = asgi.Application(settings.ZORG, settings.SESSION_COOKIE_NAME)
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=0,
        ws="websockets-sansio",
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        log_config=None,
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run, name="server")
    thread.start()
    assert server.ready.wait(WAIT)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.stop()
        thread.join(WAIT)


@dataclass(frozen=True)
class Answer:
    """What HTTP answered."""

    status: int
    body: Any
    headers: dict[str, str]
    raw: bytes = b""


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Goes nowhere."""


def _opener(jar: http.cookiejar.CookieJar, redirects: urllib.request.HTTPRedirectHandler) -> Opener:
    """For our own server alone: without the proxy of this machine, and what else an opener is usually built with."""
    opener = Opener()
    for handler in (
        urllib.request.HTTPHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPCookieProcessor(jar),
        redirects,
    ):
        opener.add_handler(handler)
    return opener


class Browser:
    """A person's browser: cookies, the CSRF token, JSON."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self._opener = _opener(self.jar, urllib.request.HTTPRedirectHandler())
        self.token = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request. `body` is sent as JSON, or as it is when it is bytes."""
        return self._ask(self._opener, method, path, body, headers)

    def stay(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """The same, not going where the answer leads."""
        return self._ask(_opener(self.jar, _Stay()), method, path, body, headers)

    def _ask(self, opener: Opener, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", "X-CSRFToken": self.token, "Accept-Language": "nl", **headers}
        request = urllib.request.Request(self.address + path, method=method, data=data, headers=sent)  # noqa: S310
        try:
            with opener.open(request, timeout=30) as response:
                return _answer(response)
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error)

    def greet(self) -> bool:
        """Fetches the CSRF token; gives whether somebody is signed in."""
        session = self.ask("GET", "/api/v1/session").body
        self.token = session["csrf"]
        return bool(session["signedIn"])

    def sign_in(self, name: str, password: str = PASSWORD) -> Answer:
        """Signs somebody of the cast in."""
        self.greet()
        answer = self.ask("POST", "/_allauth/browser/v1/auth/login", {"email": address_of(name), "password": password})
        self.token = self._cookie(settings.CSRF_COOKIE_NAME)  # signing in made another one
        return answer

    @property
    def cookie(self) -> str:
        """The session cookie."""
        return self._cookie(settings.SESSION_COOKIE_NAME)

    def _cookie(self, name: str) -> str:
        return next((str(c.value) for c in self.jar if c.name == name), "")

    def socket(
        self, have: dict[str, int] | None = None, origin: str | None = ORIGIN, revs: dict[str, int] | None = None
    ) -> Socket:
        """Opens a socket and says hello."""
        socket = self.bare_socket(origin)
        socket.say(type="hello", protocol=1, have=have or {}, revs=revs or {})
        socket.welcome = socket.hear()
        return socket

    def bare_socket(self, origin: str | None = ORIGIN) -> Socket:
        """Opens a socket and says nothing."""
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}"}
        url = self.address.replace("http", "ws") + "/socket"
        return Socket(connect(url, additional_headers=headers, origin=origin, compression=None, max_size=None))  # type: ignore[arg-type]  # any origin, on purpose


class Socket:
    """An open socket."""

    def __init__(self, opening: AbstractContextManager[ClientConnection]) -> None:
        self._open = ExitStack()
        self.connection = self._open.enter_context(opening)
        self.welcome: dict[str, Any] = {}

    def say(self, **frame: Any) -> None:
        """Sends a frame."""
        self.connection.send(json.dumps(frame, default=str))

    def hear(self, *kinds: str, within: float = WAIT) -> dict[str, Any]:
        """The next frame, or the next of these kinds."""
        while True:
            frame: dict[str, Any] = json.loads(self.connection.recv(timeout=within))
            if not kinds or frame["type"] in kinds:
                return frame

    def silent(self, seconds: float = 0.3) -> bool:
        """Whether nothing but receipts arrives for a while."""
        try:
            self.hear("message", "altered", "conversation", "typing", "gone", "history", within=seconds)
        except TimeoutError:
            return True
        return False

    def close_code(self, within: float = WAIT) -> int:
        """Waits for the server to close, and gives its code."""
        try:
            while True:
                self.connection.recv(timeout=within)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0

    def close(self) -> None:
        """Closes it."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _answer(response: Any) -> Answer:
    raw = response.read()
    kind = response.headers.get_content_type()
    body = json.loads(raw) if kind == "application/json" else raw
    return Answer(response.status, body, dict(response.headers), raw)
