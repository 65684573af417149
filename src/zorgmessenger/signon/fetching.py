"""Requests to a provider, which the host trusts for who somebody is and for nothing else.

1. An address is `https`, or on this machine, for a provider beside the server: which another provider's document may
   not name.
2. An answer is there within `WITHIN` seconds, finding the address and every byte of it included, or it is not waited
   for; it is at most `MOST_BYTES` long and is not packed; no redirect is followed.
3. What somebody's browser is told to fetch is never fetched here: addresses come from the provider's own document.
"""

from __future__ import annotations

import ssl
from concurrent.futures import Future
from functools import cache
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import httpx2

from zorgmessenger.signon.told import Unreachable, Useless

WITHIN = 5.0
MOST_BYTES = 512 * 1024
HERE = {"127.0.0.1", "localhost", "::1"}


def is_ours_to_ask(address: str) -> bool:
    """Rule 1."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = bool(host) and "@" not in parts.netloc and not parts.fragment and address.isascii()
    return plain and (parts.scheme == "https" or (parts.scheme == "http" and host in HERE))


def is_here(address: str) -> bool:
    """Whether it is plain http on this machine."""
    return is_ours_to_ask(address) and urlsplit(address).scheme == "http"


class Bounded(httpx2.BaseTransport):
    """A line of its own for each request; rules 1 and 2."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Sends it, and reads the answer whole."""
        if not is_ours_to_ask(str(request.url)):
            raise httpx2.UnsupportedProtocol("neither https nor here", request=request)
        found: Future[httpx2.Response] = Future()
        with httpx2.HTTPTransport(verify=_tls(), trust_env=False) as line:
            Thread(target=_exchange, args=(line, request, found), name="sign-on line", daemon=True).start()
            try:
                return found.result(WITHIN)
            except TimeoutError:
                raise httpx2.ReadTimeout("too slow an answer", request=request) from None


def settings() -> dict[str, Any]:
    """How a client is made that keeps to the rules."""
    return {
        "transport": Bounded(),
        "timeout": WITHIN,
        "follow_redirects": False,
        "trust_env": False,
        "headers": {"Accept-Encoding": "identity", "User-Agent": "zorgmessenger"},
    }


def problem(what: str, error: Exception) -> Unreachable:
    """What an error of a request says of the provider; `Useless` where it did answer."""
    away = isinstance(error, httpx2.TimeoutException | httpx2.NetworkError)
    return (Unreachable if away else Useless)(f"{what}: {type(error).__name__} {error}"[:300])


def document(address: str) -> dict[str, Any]:
    """A JSON object.

    Raises:
        httpx2.HTTPError: it is not to be had.
        ValueError, TypeError: it is no JSON object.
    """
    with httpx2.Client(**settings()) as client:
        answer = client.get(address, headers={"Accept": "application/json"})
        answer.raise_for_status()
        found = answer.json()
    return dict(found)


def _plain(answer: httpx2.Response) -> list[tuple[str, str]]:
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise httpx2.DecodingError("a packed answer")
    return [(name, value) for name, value in answer.headers.items() if name == "content-type"]


def _exchange(line: httpx2.HTTPTransport, request: httpx2.Request, found: Future[httpx2.Response]) -> None:
    """On a thread of its own, which who asked leaves behind when it takes too long: the line is closed then."""
    try:
        answer = line.handle_request(request)
        found.set_result(httpx2.Response(answer.status_code, headers=_plain(answer), content=_body(answer)))
    except Exception as error:  # noqa: BLE001  (raised where it is waited for)
        found.set_exception(error)


def _body(answer: httpx2.Response) -> bytes:
    body = b""
    for part in answer.iter_raw():
        body += part
        if len(body) > MOST_BYTES:
            raise httpx2.DecodingError("too long an answer")
    return body


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
