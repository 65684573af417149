"""A browser's side of the lock: its key, and a PIN stretched as little as tests need."""

from __future__ import annotations

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.live import Answer, Browser

LOCK = "/api/v1/me/lock"
PIN = "4071"


def said(raw: bytes) -> str:
    """Bytes as the API takes them."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Device:
    """A browser that can lock itself."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.lock = ""
        self.share = ""

    @property
    def public_key(self) -> str:
        """As the server keeps it."""
        return said(self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def set_up(self, pin: str = PIN, minutes: int = 1) -> Answer:
        """Sets a PIN."""
        body = {"publicKey": self.public_key, "proof": said(self.proof(pin)), "minutes": minutes}
        answer = self.browser.ask("POST", LOCK, body)
        if answer.status == 201:
            self.lock, self.share = answer.body["id"], answer.body["share"]
        return answer

    def proof(self, pin: str) -> bytes:
        """What is shown of a PIN."""
        return hashlib.pbkdf2_hmac("sha256", pin.encode(), b"salt of the device", 1)

    def nonce(self) -> str:
        """A new one."""
        return str(self.browser.ask("POST", f"{LOCK}/challenge").body["nonce"])

    def body(self, pin: str, nonce: str, purpose: str = "open") -> dict[str, str]:
        """A try, signed."""
        proof = self.proof(pin)
        signature = self._key.sign(f"{purpose}|{self.lock}|{nonce}|{proof.hex()}".encode(), ec.ECDSA(SHA256()))
        numbers = b"".join(number.to_bytes(32) for number in utils.decode_dss_signature(signature))
        return {"nonce": nonce, "proof": said(proof), "signature": said(numbers)}

    def change(self, pin: str, to: str) -> Answer:
        """Another PIN, with the one before."""
        proof = self.proof(to)
        body = self.body(pin, self.nonce(), f"change|{proof.hex()}")
        return self.browser.ask("POST", f"{LOCK}/change", body | {"next": said(proof)})

    def replace(self, password: str, pin: str) -> Answer:
        """Another PIN, with the password."""
        body = {"publicKey": self.public_key, "proof": said(self.proof(pin)), "password": password}
        answer = self.browser.ask("POST", f"{LOCK}/replace", body)
        if answer.status == 200:
            self.lock, self.share = answer.body["id"], answer.body["share"]
        return answer

    def attempt(self, pin: str = PIN, purpose: str = "open") -> Answer:
        """A try with a nonce of its own."""
        return self.browser.ask("POST", f"{LOCK}/{purpose}", self.body(pin, self.nonce(), purpose))
