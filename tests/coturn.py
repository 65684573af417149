"""Debian's coturn for as long as the tests run, with `deploy/turn/turnserver.conf`, on free loopback ports.

Nothing of an installed coturn is touched: its configuration, its users and its log are in a temporary folder.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.deployed import filled, free_port, free_ports
from zorgmessenger.calls.places import TurnServer

REALM = "zorg.example"
STARTED_WITHIN = 15.0
_HOST = "127.0.0.1"
_RELAYED = 100
_BINDING = bytes.fromhex("00010000 2112a442") + bytes(12)
"""The question of STUN (RFC 8489) that needs no credentials: it starts with TLS, and its threads for UDP later."""


class NotInstalled(Exception):
    """There is no coturn on this machine."""


@dataclass(frozen=True)
class Coturn:
    """A running coturn."""

    port: int
    tls_port: int
    secret: str
    folder: Path

    @property
    def server(self) -> TurnServer:
        """As the settings name it."""
        return TurnServer(
            (f"turn:{_HOST}:{self.port}?transport=udp", f"turn:{_HOST}:{self.port}?transport=tcp"), self.secret
        )

    @property
    def log(self) -> str:
        """What it logged so far."""
        return (self.folder / "log").read_text()

    def tls(self) -> ssl.SSLContext:
        """What a client trusts it by."""
        return ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))


@contextmanager
def running(*, loopback_peers: bool = False) -> Iterator[Coturn]:
    """Runs a coturn.

    Args:
        loopback_peers: whether it relays to this machine, as the browsers of the tests need, and no host should have.

    Raises:
        NotInstalled: it is not here; the message says what to install.
        RuntimeError: it did not start; the message holds its log.
    """
    if shutil.which("turnserver") is None:
        raise NotInstalled("no turnserver here: apt-get install coturn")
    folder = Path(tempfile.mkdtemp(prefix="zorg-coturn-"))
    coturn = Coturn(free_port(), free_port(), secrets.token_urlsafe(32), folder)
    try:
        _configure(coturn, loopback_peers=loopback_peers)
        command = ["setpriv", "--pdeathsig=TERM", "turnserver", "-c", f"{folder}/turnserver.conf"]
        with (folder / "log").open("wb") as log:
            own = ["--pidfile", f"{folder}/pid", "--userdb", f"{folder}/users"]
            process = subprocess.Popen([*command, *own], stdout=log, stderr=log, cwd=folder)
        try:
            _wait_for(coturn, process)
            yield coturn
        finally:
            process.kill()
            process.wait(STARTED_WITHIN)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def has_ipv6() -> bool:
    """Whether this machine can speak IPv6 to itself."""
    with suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False


def _configure(coturn: Coturn, *, loopback_peers: bool) -> None:
    certificate, key = coturn.folder / "certificate.pem", coturn.folder / "key.pem"
    _certify(certificate, key)
    values = {
        "ADDRESS": _HOST,
        "SECRET": coturn.secret,
        "REALM": REALM,
        "CERTIFICATE": str(certificate),
        "KEY": str(key),
    }
    relayed = free_ports(_RELAYED)
    lines = {
        "listening-port": f"listening-port={coturn.port}",
        "tls-listening-port": f"tls-listening-port={coturn.tls_port}",
        "min-port": f"min-port={relayed}",
        "max-port": f"max-port={relayed + _RELAYED - 1}",
        "syslog": "log-file=stdout",
    }
    text = filled("turn/turnserver.conf", values, lines)
    if has_ipv6():
        text += "listening-ip=::1\nrelay-ip=::1\n"
    if loopback_peers:
        text += "allow-loopback-peers\nallowed-peer-ip=127.0.0.1\nallowed-peer-ip=::1\n"
    (coturn.folder / "turnserver.conf").write_text(text)


def _certify(certificate: Path, key: Path) -> None:
    """A certificate of its own for a day."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    encoding, shape = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key.write_bytes(private.private_bytes(encoding, shape, serialization.NoEncryption()))


def _wait_for(coturn: Coturn, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with (
            suppress(OSError),
            socket.create_connection((_HOST, coturn.tls_port), 1),
            socket.socket(type=socket.SOCK_DGRAM) as probe,
        ):
            probe.settimeout(1)
            probe.connect((_HOST, coturn.port))
            probe.send(_BINDING)
            probe.recv(2048)
            return
        time.sleep(0.05)
    raise RuntimeError(f"coturn did not start: {coturn.log}")
