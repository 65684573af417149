"""The HTTP side in front of Django: bodies bounded and read whole by the loop, security headers on every answer.

A slow or endless request so never holds one of the few threads. `Content-Security-Policy` allows nothing but our own
files; there is no inline script and no request to anybody else.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections import Counter
from collections.abc import Callable, MutableMapping
from typing import Any
from uuid import UUID

from a2wsgi import WSGIMiddleware
from django.http import HttpRequest, HttpResponse

from zorgmessenger.accounts import refusals
from zorgmessenger.accounts.http import error_response
from zorgmessenger.config.streamer import Streamer
from zorgmessenger.console import logo, rules
from zorgmessenger.crypto import stream
from zorgmessenger.errors import NotAllowed, NotFound, Refused, SignedOut, TooLarge, TooSlow, Unavailable, ZorgError
from zorgmessenger.files import group_pictures
from zorgmessenger.messages import engine
from zorgmessenger.realtime.websocket import Receive, Scope, Send, cookie_in
from zorgmessenger.texts import choose, text

MAX_BODY = 128 * 1024
LARGER = {
    "/api/v1/console/import": rules.MOST_BYTES,
    "/api/v1/console/import/preview": rules.MOST_BYTES,
    "/api/v1/console/logo": logo.MOST_BYTES,
}
"""Where more than `MAX_BODY` is read: files that an administrator sends."""
SENT = [
    (re.compile(r"/api/v1/files/[^/]+/parts/\d+"), stream.PART),
    (re.compile(r"/api/v1/groups/[^/]+/picture"), group_pictures.MOST_BYTES),
]
"""Where everybody may send more than that: a part of a file, a picture."""
BODY_WITHIN = 20.0
MOST_PARTS = 48
"""Parts of files that are read at the same time, each up to a MiB of memory; a picture counts by its size."""
MOST_OF_ONE = 12
"""Of these, of one person: a few devices that send, with what is just done and not put away yet."""
PART_WITHIN = 120.0
"""Seconds for a part of a file, over a line of 70 kbit/s, or for a picture."""
BODY = "zorgmessenger.body"
API = ("/api/", "/_allauth/")
JSON = "application/json"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class Http:
    """The ASGI application for HTTP."""

    def __init__(self, django: Any, *, threads: int, secure: bool, cookie: str) -> None:
        self._django = WSGIMiddleware(_with_body(django), workers=threads)
        headers = {
            b"content-security-policy": POLICY,
            b"cross-origin-opener-policy": "same-origin",
            b"cross-origin-resource-policy": "same-origin",
            b"permissions-policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
            b"referrer-policy": "no-referrer",
            b"x-content-type-options": "nosniff",
            b"x-frame-options": "DENY",
        }
        if secure:
            headers[b"strict-transport-security"] = "max-age=63072000; includeSubDomains"
        self._streamer = Streamer()
        self._cookie = cookie
        self._parts: Counter[UUID] = Counter()
        self._headers = [(name, value.encode()) for name, value in headers.items()]

    def stop(self) -> None:
        """Ends the threads when they have answered."""
        self._django.executor.shutdown()
        self._streamer.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        send = self._with_headers(scope["path"], send)
        most = next((most for path, most in SENT if path.fullmatch(scope["path"])), None)
        if most is not None:
            await self._part(scope, receive, send, most)
        else:
            await self._answer(scope, receive, send, LARGER.get(scope["path"], MAX_BODY), BODY_WITHIN)

    async def _part(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        """What takes long over a slow line and much memory: only so much at once, in all and of each person."""
        headers = dict(scope["headers"])
        said = headers.get(b"content-length", b"")
        parts = stream.parts_of(min(int(said), most) if said.isdigit() else most)
        try:
            cookies = headers.get(b"cookie", b"").decode("latin-1")
            who = await engine.current().identify(cookie_in(cookies, self._cookie))
        except Unavailable as error:
            await _plain(scope, send, error)
            return
        if who is None:
            await _plain(scope, send, SignedOut())
            return
        if self._parts.total() + parts > MOST_PARTS or self._parts[who[0]] + parts > MOST_OF_ONE:
            await _plain(scope, send, Unavailable())
            return
        self._parts[who[0]] += parts
        try:
            await self._answer(scope, receive, send, most, PART_WITHIN)
        finally:
            self._parts -= Counter({who[0]: parts})

    async def _answer(self, scope: Scope, receive: Receive, send: Send, most: int, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                body = await _body(receive, most)
        except TimeoutError:
            await _plain(scope, send, TooSlow())
            return
        if body is None:
            await _plain(scope, send, TooLarge())
            return
        scope[BODY] = io.BytesIO(body)
        del body
        await self._django(scope, receive, self._streamer.streaming(receive, send))  # type: ignore[arg-type]  # a2wsgi's own names for ASGI's types

    def _with_headers(self, path: str, send: Send) -> Send:
        dynamic = path.startswith((*API, "/demo/"))

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = [(name.lower(), value) for name, value in message["headers"]]
                present = {name for name, _ in headers}
                headers += [(name, value) for name, value in self._headers if name not in present]
                if dynamic and b"cache-control" not in present:
                    headers.append((b"cache-control", b"no-store"))
                message = {**message, "headers": headers}
            await send(message)

        return sending


def _with_body(django: Any) -> Callable[..., Any]:
    """Gives Django the body that the loop has read, as it is: a2wsgi would copy it a few times on its way."""

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        environ["wsgi.input"] = environ["asgi.scope"].pop(BODY)
        return django(environ, start_response)

    return application


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Logs and answers a request whose CSRF token is missing or wrong, wherever Django finds out."""
    error = Refused(reason, code="csrf")
    refusals.log(request, error)
    return error_response(request, error)


def clear_answers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what Django or ninja say themselves about an address of the API is said our way."""

    def answered(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        kind = next((kind for kind in (NotFound, NotAllowed) if kind.status == answer.status_code), None)
        if kind is None or not request.path.startswith(API) or answer.headers.get("Content-Type") == JSON:
            return answer
        ours = error_response(request, kind())
        if "Allow" in answer.headers:
            ours.headers["Allow"] = answer.headers["Allow"]
        return ours

    return answered


def server_error(request: HttpRequest) -> HttpResponse:
    """Answers where a view outside the API failed."""
    return error_response(request, ZorgError())


async def _body(receive: Receive, most: int) -> bytes | None:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


async def _plain(scope: Scope, send: Send, error: ZorgError) -> None:
    wanted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    said = {"code": error.code, "text": text(f"error.{error.code}", choose(wanted)), "retry": error.retry}
    headers = [(b"content-type", JSON.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(said).encode()})
