"""One push to one device: encrypted for it alone (RFC 8291), signed by this installation (RFC 8292), sent (RFC 8030).

The push service sees that there is a push, its urgency and that it comes from here. All payloads are of one length.
"""

from __future__ import annotations

import base64
import http.client
import json
import socket
import ssl
from contextlib import suppress
from datetime import timedelta
from enum import Enum
from functools import cache
from threading import Timer
from typing import Literal

import http_ece
import structlog
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from msgspec import Struct
from py_vapid import Vapid02

from zorgmessenger import clock
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.notifications import endpoints
from zorgmessenger.notifications.models import ServerKey

_log = structlog.get_logger()
WITHIN = 10.0
"""Seconds that a push service has, for all of it."""
_LENGTH = 48
_SIGNED_FOR = timedelta(hours=12)
_POINT, _SECRET = 65, 16


class Device(Struct, frozen=True):
    """Where a device is pushed to, and the keys that its browser made (base64url)."""

    endpoint: str
    p256dh: str
    auth: str


class Note(Struct, frozen=True):
    """What a device is told: a kind and a count, and nothing besides. `ttl` in seconds."""

    kind: Literal["new", "call", "test"]
    count: int
    ttl: int
    urgency: Literal["normal", "high"]


class Outcome(Enum):
    """What became of a push."""

    TAKEN = "taken"
    GONE = "gone"
    FAILED = "failed"


def check(device: Device) -> None:
    """Checks what a browser gave.

    Raises:
        Invalid: it is nothing to push to.
    """
    endpoints.checked(device.endpoint)
    try:
        point, secret = _decoded(device.p256dh), _decoded(device.auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise Invalid(FieldError("p256dh", "invalid")) from error
    if len(point) != _POINT or len(secret) != _SECRET:
        raise Invalid(FieldError("auth", "invalid"))


def public_key() -> str:
    """The key by which a browser knows our pushes, in base64url; made the first time that it is asked for."""
    point = _signer().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _encoded(point)


def push(device: Device, note: Note, authorization: str) -> Outcome:
    """Sends it, in at most `WITHIN` seconds; asks no database."""
    parts = endpoints.checked(device.endpoint)
    port = parts.port or 443
    headers = {
        "Authorization": authorization,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(note.ttl),
        "Topic": note.kind,
        "Urgency": note.urgency,
    }
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        host = str(parts.hostname)
        connection = _Pinned(host, port, endpoints.public_address(host, port))
        watch = Timer(WITHIN, connection.cut)
        watch.start()
        try:
            connection.request("POST", target or "/", encrypted(device, note), headers)
            status = connection.getresponse().status
        finally:
            watch.cancel()
            connection.close()
    except (OSError, http.client.HTTPException, endpoints.NotPublic) as error:
        _log.warning("push not taken", error=type(error).__name__)
        return Outcome.FAILED
    if status in {404, 410}:
        return Outcome.GONE
    if status // 100 != 2:  # noqa: PLR2004  (2xx)
        _log.warning("push not taken", status=status)
        return Outcome.FAILED
    return Outcome.TAKEN


def encrypted(device: Device, note: Note) -> bytes:
    """The body for this device alone."""
    said = json.dumps({"kind": note.kind, "count": note.count}).ljust(_LENGTH).encode()
    body: bytes = http_ece.encrypt(
        said,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_decoded(device.p256dh),
        auth_secret=_decoded(device.auth),
        version="aes128gcm",
    )
    return body


def authorization(device: Device) -> str:
    """That it is this installation that pushes, signed for the device's push service."""
    parts = endpoints.checked(device.endpoint)
    contact = settings.ZORG.address if settings.ZORG.secure else f"mailto:{settings.ZORG.mail_from}"
    expires = int((clock.now() + _SIGNED_FOR).timestamp())
    claims = {"aud": f"https://{parts.netloc}", "sub": contact, "exp": expires}
    signed: str = _signer().sign(claims)["Authorization"]
    return signed


@cache
def tls() -> ssl.SSLContext:
    """Whom we believe to be who they say."""
    return ssl.create_default_context()


class _Pinned(http.client.HTTPSConnection):
    """A connection to the address that was found public, whatever the name leads to now."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=WITHIN, context=tls())
        self._address = address

    def connect(self) -> None:
        line = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = tls().wrap_socket(line, server_hostname=self.host)

    def cut(self) -> None:
        """Ends it, whatever it waits for: who reads from it reads its end."""
        line = self.sock
        if line is not None:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)


def _signer() -> Vapid02:
    row = ServerKey.objects.filter(pk=1).first()
    if row is None:
        made = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32)
        sealed = keyring().installation().seal(made, _PLACE)
        row, _ = ServerKey.objects.get_or_create(pk=1, defaults={"sealed": sealed})
    return Vapid02.from_raw(_encoded(keyring().installation().open(bytes(row.sealed), _PLACE)).encode())


_PLACE = place("notifications_serverkey", "sealed", 1)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
