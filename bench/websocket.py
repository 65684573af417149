"""A WebSocket client that does as little as can be done, so that the load generator is not what is measured.

It speaks RFC 6455 over one `asyncio.Protocol`: text frames without fragments or extensions. Client frames must carry a
masking key; the key 0 leaves the payload as it is, which spares the generator the XOR and the server nothing.
"""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections.abc import Callable
from typing import cast

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
SHORT, MEDIUM = 126, 127
MASKED = 0x80


class HandshakeError(Exception):
    """The server did not switch to WebSocket, or closed the socket; the message holds what it said."""


class WebSocket(asyncio.Protocol):
    """One connection; `on_text` is called with each text frame as bytes."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.open = asyncio.get_running_loop().create_future()
        self.on_text: Callable[[bytes], None] = lambda _text: None
        self.closed: tuple[int, str] | None = None
        self.leaving = False
        self._upgraded = False
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the upgrade."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Reads the answer to the upgrade, then frames."""
        buffer = self._buffer + data if self._buffer else data
        if not self._upgraded:
            head, end, buffer = buffer.partition(b"\r\n\r\n")
            if not end:
                self._buffer = head
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.open.set_exception(HandshakeError(head.decode()))
                return
            self._upgraded = True
            self.open.set_result(None)
        self._buffer = self._frames(buffer)

    def _frames(self, buffer: bytes) -> bytes:
        """Hands on every whole frame and gives what is left."""
        at, size = 0, len(buffer)
        while size - at >= 2:  # noqa: PLR2004  (the shortest head)
            length, start = buffer[at + 1], at + 2
            if length == SHORT:
                start = at + 4
                length = int.from_bytes(buffer[at + 2 : start], "big")
            elif length == MEDIUM:
                start = at + 10
                length = int.from_bytes(buffer[at + 2 : start], "big")
            if size < start + length:
                break
            kind, payload = buffer[at] & 15, buffer[start : start + length]
            if kind == TEXT:
                self.on_text(payload)
            else:
                self._control(kind, payload)
            at = start + length
        return buffer[at:]

    def _control(self, kind: int, payload: bytes) -> None:
        if kind == PING:
            self.transport.write(frame(payload, PONG))
        elif kind == CLOSE:
            self.closed = int.from_bytes(payload[:2], "big"), payload[2:].decode()
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Notes a socket that the server gave up."""
        if not self.leaving and self.closed is None:
            self.closed = 1006, str(exc)

    def send(self, text: bytes) -> None:
        """Sends one text frame."""
        self.transport.write(frame(text))

    def leave(self) -> None:
        """Closes the connection."""
        self.leaving = True
        self.transport.write(frame((1000).to_bytes(2, "big"), CLOSE))
        self.transport.close()


def frame(payload: bytes, kind: int = TEXT) -> bytes:
    """A whole frame with the masking key 0."""
    size = len(payload)
    if size < SHORT:
        return bytes((0x80 | kind, MASKED | size, 0, 0, 0, 0)) + payload
    return bytes((0x80 | kind, MASKED | SHORT)) + size.to_bytes(2, "big") + b"\0\0\0\0" + payload


async def connect(host: str, port: int, origin: str, cookie: str) -> WebSocket:
    """Opens `/socket` as the person whose session the cookie is."""
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    lines = [
        "GET /socket HTTP/1.1",
        f"Host: {origin.split('//')[1]}",
        f"Origin: {origin}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        f"Cookie: {cookie}",
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    _, socket = await asyncio.get_running_loop().create_connection(lambda: WebSocket(request), host, port)
    await socket.open
    return socket
