"""A push service of the test's own (RFC 8030), and a device that opens what it gets with its own key (RFC 8291)."""

from __future__ import annotations

import base64
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from zorgmessenger.notifications import endpoints, webpush


@dataclass
class Got:
    """One push as the service got it."""

    path: str
    headers: dict[str, str]
    body: bytes


class Device:
    """A browser's side of a subscription."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = b"0123456789abcdef"

    @property
    def given(self) -> dict[str, str]:
        """What the browser hands to the app."""
        return {
            "endpoint": self.endpoint,
            "p256dh": encoded(_point(self._key.public_key())),
            "auth": encoded(self._auth),
        }

    def opened(self, body: bytes) -> Any:
        """The payload, by the letter of RFC 8291, 3.4 and RFC 8188, 2: one record."""
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        secret = self._key.exchange(ec.ECDH(), theirs)
        info = b"WebPush: info\0" + _point(self._key.public_key()) + sender
        material = HKDF(hashes.SHA256(), 32, self._auth, info).derive(secret)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02", "the last record says that it is the last"
        return json.loads(plain[:-1])


@dataclass
class Service:
    """The service; `status` is what it answers from now on."""

    address: str = ""
    status: int = 201
    got: list[Got] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    def device(self, name: str = "device") -> Device:
        """A device that is reached by it."""
        return Device(f"{self.address}/push/{name}")

    def wait(self, count: int = 1) -> list[Got]:
        """Waits until so many came; takes them."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.got) >= count, 10)
        return self.take()

    def take(self) -> list[Got]:
        """All that came since the last look."""
        found, self.got = self.got, []
        return found


def claims_of(authorization: str, public_key: str) -> dict[str, Any]:
    """What RFC 8292 says who pushes signed, with the signature checked by the key that browsers were given."""
    scheme, _, parts = authorization.partition(" ")
    fields = dict(part.split("=", 1) for part in parts.split(","))
    assert scheme == "vapid"
    assert fields["k"] == public_key
    head, claims, signature = fields["t"].split(".")
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = decoded(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(public_key))
    both = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    key.verify(encode_dss_signature(*both), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    found: dict[str, Any] = json.loads(decoded(claims))
    return found


@contextmanager
def running(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Runs it over TLS, believed for its certificate, and lets this machine's own address count as public."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got = Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            with service.came:
                service.got.append(got)
                service.came.notify_all()
            self.send_response(service.status)
            self.send_header("Location", "https://elsewhere.example/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    certificate = _certificate(folder)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    server.socket = ours.wrap_socket(server.socket, server_side=True)
    monkeypatch.setattr(webpush, "tls", lambda: ssl.create_default_context(cafile=str(certificate)))
    monkeypatch.setattr(endpoints, "is_public", lambda address: address == "127.0.0.1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    service.address = f"https://127.0.0.1:{server.server_address[1]}"
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def encoded(data: bytes) -> str:
    """Base64url without its padding, as browsers write it."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """What was written so."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "push")])
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("push.example")]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "push.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file
