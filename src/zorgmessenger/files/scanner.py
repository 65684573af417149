"""The virus scanner: says of bytes that they are clean or infected, or says nothing.

SCAN-1 Only a whole, plain "clean" of the scanner's is clean. Down, hanging, too large, an error, an answer that we do
not know: each is `Unavailable`, and the file stays held.

`Clamd` speaks clamd's own protocol (clamd(8), INSTREAM): chunks with their length in front, an empty one at the end. A
chunk of length 0 in the middle would end the stream, and the rest would pass unseen: so there never is one.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from zorgmessenger.errors import Unavailable
from zorgmessenger.files.places import ScannerAddress

_CHUNK = 1024 * 1024
_MOST_ANSWER = 1024
_ANSWER = re.compile(rb"stream: (?:OK|(?P<signature>[\x21-\x7e]{1,200}) FOUND)\0")
_LIMIT = b"Heuristics.Limits.Exceeded"
"""clamd's word for what it did not look through, if `AlertExceedsMax` is on."""


@dataclass(frozen=True)
class Clean:
    """Nothing was found."""


@dataclass(frozen=True)
class Infected:
    """Something was found, by the scanner's name for it."""

    signature: str


Verdict = Clean | Infected


class Scanner(Protocol):
    """Looks through bytes."""

    def scan(self, parts: Iterable[bytes]) -> Verdict:
        """What the scanner says of the parts, one after the other; what raises in them comes out as it is.

        Raises:
            Unavailable: it does not say (SCAN-1).
        """


class Clamd:
    """A `Scanner` that is clamd, on a unix socket or a port.

    Args:
        address: where it listens.
        patience: seconds in which it takes a connection, or one chunk.
        thinking: seconds from the last chunk to the whole answer; clamd's own `MaxScanTime` is two minutes.
    """

    def __init__(self, address: ScannerAddress, patience: float = 10, thinking: float = 150) -> None:
        self._address = address
        self._patience = patience
        self._thinking = thinking

    def scan(self, parts: Iterable[bytes]) -> Verdict:
        with self._connected() as connection:
            for data in _frames(parts):
                try:
                    connection.sendall(data)
                except OSError as error:
                    raise Unavailable(f"clamd takes no more: {_answer(connection, 1)!r}") from error
            return _verdict(_answer(connection, self._thinking))

    def _connected(self) -> socket.socket:
        try:
            if isinstance(self._address, tuple):
                return socket.create_connection(self._address, self._patience)
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(self._patience)
            try:
                connection.connect(str(self._address))
            except OSError:
                connection.close()
                raise
        except OSError as error:
            raise Unavailable(f"clamd does not answer: {type(error).__name__}") from error
        return connection


def _frames(parts: Iterable[bytes]) -> Iterator[bytes | memoryview]:
    yield b"zINSTREAM\0"
    for part in parts:
        for start in range(0, len(part), _CHUNK):
            chunk = memoryview(part)[start : start + _CHUNK]
            yield len(chunk).to_bytes(4)
            yield chunk
    yield bytes(4)


def _answer(connection: socket.socket, seconds: float) -> bytes:
    """What it says within that time, until it ends its answer, hangs up or has said too much."""
    until = time.monotonic() + seconds
    said = b""
    with suppress(OSError):
        while len(said) <= _MOST_ANSWER and (left := until - time.monotonic()) > 0:
            connection.settimeout(left)
            more = connection.recv(_MOST_ANSWER)
            said += more
            if not more or more.endswith(b"\0"):
                break
    return said[:_MOST_ANSWER]


def _verdict(answer: bytes) -> Verdict:
    found = _ANSWER.fullmatch(answer)
    signature = found["signature"] if found else b""
    if not found or (signature or b"").startswith(_LIMIT):
        raise Unavailable(f"clamd cannot say: {answer!r}")
    return Infected(signature.decode()) if signature else Clean()
