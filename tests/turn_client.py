"""A small TURN client (RFC 8489, RFC 8656) over UDP, TCP and TLS: enough to ask for what should be refused."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from types import TracebackType
from typing import Self

ALLOCATE, REFRESH, CREATE_PERMISSION, CHANNEL_BIND = 0x003, 0x004, 0x008, 0x009
SEND_INDICATION = 0x016
UNAUTHORIZED, FORBIDDEN, QUOTA_REACHED, _STALE_NONCE = 401, 403, 486, 438
_USERNAME, _INTEGRITY, _ERROR, _CHANNEL, _PEER, _DATA, _LIFETIME = 0x06, 0x08, 0x09, 0x0C, 0x12, 0x13, 0x0D
_REALM, _NONCE, _FAMILY, _TRANSPORT = 0x14, 0x15, 0x17, 0x19
_COOKIE = 0x2112A442
_SUCCESS, _FAILURE = 0x100, 0x110
_PATIENCE = 5.0
_HEADER = 20
_had: set[int] = set()

Attributes = list[tuple[int, bytes]]


@dataclass
class Client:
    """One client with its own socket to the relay.

    Args:
        port: the relay's, on 127.0.0.1.
        username, password: its credentials; with an empty name it has none.
        kind: udp, or tcp.
        tls: what it trusts the relay by, over TLS.
    """

    port: int
    username: str = ""
    password: str = ""
    kind: str = "udp"
    tls: ssl.SSLContext | None = None
    _realm: bytes = b""
    _nonce: bytes = b""
    _id: bytes = b""
    _allocated: bool = False
    _socket: socket.socket = field(init=False)

    def __enter__(self) -> Self:
        self._socket = _of_new_port() if self.kind == "udp" else socket.socket()
        self._socket.settimeout(_PATIENCE)
        self._socket.connect(("127.0.0.1", self.port))
        if self.tls:
            self._socket = self.tls.wrap_socket(self._socket, server_hostname="localhost")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._allocated:
            self._request(REFRESH, lambda: [(_LIFETIME, bytes(4))])
        self._socket.close()

    def allocate(self, family: int = 4) -> int:
        """Asks for a relayed address: 0, or the number of the error."""
        asked = [(_TRANSPORT, bytes([17, 0, 0, 0]))]
        if family == 6:
            asked.append((_FAMILY, bytes([2, 0, 0, 0])))
        error = self._request(ALLOCATE, lambda: asked)
        self._allocated = error == 0
        return error

    def permit(self, peer: str) -> int:
        """Asks to be allowed to exchange with a peer: 0, or the number of the error."""
        return self._request(CREATE_PERMISSION, lambda: [(_PEER, self._address(peer, 0))])

    def bind(self, peer: str, port: int = 9) -> int:
        """Asks for a channel to a peer: 0, or the number of the error."""
        channel = bytes([0x40, secrets.randbelow(256), 0, 0])
        return self._request(CHANNEL_BIND, lambda: [(_CHANNEL, channel), (_PEER, self._address(peer, port))])

    def send(self, peer: str, port: int, data: bytes) -> None:
        """Sends without asking, and waits until the relay has answered what came after."""
        self._id = secrets.token_bytes(12)
        self._socket.sendall(_message(SEND_INDICATION, self._id, [(_PEER, self._address(peer, port)), (_DATA, data)]))
        assert self._request(REFRESH, list) == 0

    def _request(self, method: int, attributes: Callable[[], Attributes]) -> int:
        """Asks, and asks again with credentials when the relay wants them."""
        error = self._ask(method, attributes)
        if error in {UNAUTHORIZED, _STALE_NONCE} and self.username:
            error = self._ask(method, attributes)
        return error

    def _ask(self, method: int, attributes: Callable[[], Attributes]) -> int:
        self._id = secrets.token_bytes(12)
        signed, with_credentials = attributes(), bool(self._nonce and self.username)
        if with_credentials:
            signed += [(_USERNAME, self.username.encode()), (_REALM, self._realm), (_NONCE, self._nonce)]
        message = _message(method, self._id, signed)
        if with_credentials:
            key = hashlib.md5(f"{self.username}:{self._realm.decode()}:{self.password}".encode(), usedforsecurity=False)
            length = len(message) - _HEADER + 24
            covered = message[:2] + length.to_bytes(2) + message[4:]
            message = covered + _attribute(_INTEGRITY, hmac.digest(key.digest(), covered, hashlib.sha1))
        self._socket.sendall(message)
        kind, answer = self._receive()
        assert kind & ~_FAILURE == method
        if kind & _FAILURE == _SUCCESS:
            return 0
        self._realm, self._nonce = answer.get(_REALM, self._realm), answer.get(_NONCE, self._nonce)
        return answer[_ERROR][2] * 100 + answer[_ERROR][3]

    def _receive(self) -> tuple[int, dict[int, bytes]]:
        if self.kind == "udp":
            data = self._socket.recv(2048)
        else:
            data = self._exactly(_HEADER)
            data += self._exactly(int.from_bytes(data[2:4]))
        answer, rest = {}, data[_HEADER:]
        while rest:
            name, length = int.from_bytes(rest[:2]), int.from_bytes(rest[2:4])
            answer[name] = rest[4 : 4 + length]
            rest = rest[4 + length + -length % 4 :]
        return int.from_bytes(data[:2]), answer

    def _exactly(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            more = self._socket.recv(length - len(data))
            assert more, "the relay hung up"
            data += more
        return data

    def _address(self, host: str, port: int) -> bytes:
        """XOR-PEER-ADDRESS (RFC 8489, section 14.2)."""
        address: IPv4Address | IPv6Address = ip_address(host)
        mask = (_COOKIE.to_bytes(4) + self._id)[: len(address.packed)]
        masked = bytes(a ^ b for a, b in zip(address.packed, mask, strict=True))
        return bytes([0, 1 if address.version == 4 else 2]) + (port ^ (_COOKIE >> 16)).to_bytes(2) + masked


def _of_new_port() -> socket.socket:
    """A UDP socket on a port that no client here had before.

    coturn holds what a client gave back for a second more, and gives who comes from the same port in that second 437.
    """
    with ExitStack() as had_before:
        while True:
            made = socket.socket(type=socket.SOCK_DGRAM)
            made.bind(("127.0.0.1", 0))
            port = made.getsockname()[1]
            if port not in _had:
                _had.add(port)
                return made
            had_before.enter_context(made)


def _message(kind: int, transaction: bytes, attributes: Attributes) -> bytes:
    body = b"".join(_attribute(name, value) for name, value in attributes)
    return kind.to_bytes(2) + len(body).to_bytes(2) + _COOKIE.to_bytes(4) + transaction + body


def _attribute(name: int, value: bytes) -> bytes:
    return name.to_bytes(2) + len(value).to_bytes(2) + value + bytes(-len(value) % 4)
