"""Requests to a provider, which the host trusts for who somebody is and for nothing else.

1. An address is `https`, or on this machine, for a provider beside the server.
2. An answer comes within `WITHIN` seconds, is at most `MOST_BYTES` long and is not packed; no redirect is followed.
3. What somebody's browser is told to fetch is never fetched here: addresses come from the provider's own document.
"""

from __future__ import annotations

import ssl
import time
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx2

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


class Bounded(httpx2.BaseTransport):
    """A line of its own for each request; rules 1 and 2."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Sends it, and reads the answer whole."""
        if not is_ours_to_ask(str(request.url)):
            raise httpx2.UnsupportedProtocol("neither https nor here", request=request)
        until = time.monotonic() + WITHIN
        with httpx2.HTTPTransport(verify=_tls(), trust_env=False) as line:
            answer = line.handle_request(request)
            try:
                return httpx2.Response(answer.status_code, headers=_plain(answer), content=_body(answer, until))
            finally:
                answer.close()


def settings() -> dict[str, Any]:
    """How a client is made that keeps to the rules."""
    return {
        "transport": Bounded(),
        "timeout": WITHIN,
        "follow_redirects": False,
        "trust_env": False,
        "headers": {"Accept-Encoding": "identity", "User-Agent": "zorgmessenger"},
    }


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


def _body(answer: httpx2.Response, until: float) -> bytes:
    body = b""
    for part in answer.iter_raw():
        body += part
        if len(body) > MOST_BYTES:
            raise httpx2.DecodingError("too long an answer")
        if time.monotonic() > until:
            raise httpx2.ReadTimeout("too slow an answer")
    return body


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
