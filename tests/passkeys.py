"""An authenticator in software (WebAuthn level 3): one passkey on P-256, that says and signs what a test wants."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from tests.live import ORIGIN, Answer, Browser

PASSKEYS = "/api/v1/me/passkeys"
PROVE = f"{PASSKEYS}/prove"
SIGN_IN = "/api/v1/passkeys/sign-in"
CHALLENGE = "/api/v1/passkeys/challenge"
PRESENT, VERIFIED = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV
PARTY = "127.0.0.1"


@dataclass
class Passkey:
    """A passkey on somebody's device; what it says can be made to be wrong."""

    handle: bytes = b""
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    kind: type[Any] = ES256
    count: int = 0
    party: str = PARTY
    origin: str = ORIGIN
    cross_origin: bool = False
    flags: AuthenticatorData.FLAG = PRESENT | VERIFIED

    def make(self, options: dict[str, Any], name: str = "Sleutel", kind: str = "webauthn.create") -> dict[str, str]:
        """What a browser sends when this passkey was made."""
        self.handle = websafe_decode(options["user"]["id"])
        flags = self.flags | AuthenticatorData.FLAG.AT
        says = AuthenticatorData.create(self._party, flags, self.count, self.data)
        made = AttestationObject.create("none", says, {})
        client = self._client(kind, options["challenge"])
        return {"name": name, "clientData": websafe_encode(client), "attestation": websafe_encode(bytes(made))}

    def use(self, options: dict[str, Any], kind: str = "webauthn.get") -> dict[str, str]:
        """What a browser sends when this passkey was used."""
        client = self._client(kind, options["challenge"])
        says = AuthenticatorData.create(self._party, self.flags, self.count)
        signed = self.key.sign(bytes(says) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return {
            "credential": websafe_encode(self.credential),
            "clientData": websafe_encode(client),
            "authenticatorData": websafe_encode(bytes(says)),
            "signature": websafe_encode(signed),
            "userHandle": websafe_encode(self.handle),
        }

    @property
    def data(self) -> AttestedCredentialData:
        """Its id and public key."""
        public = self.kind.from_cryptography_key(self.key.public_key())
        return AttestedCredentialData.create(b"\0" * 16, self.credential, public)

    @property
    def _party(self) -> bytes:
        return hashlib.sha256(self.party.encode()).digest()

    def _client(self, kind: str, challenge: str) -> bytes:
        said = CollectedClientData.create(kind, challenge, self.origin, self.cross_origin)
        return bytes(said)


def added(browser: Browser, **more: Any) -> tuple[Passkey, list[str]]:
    """A new passkey of who just signed in, and the recovery codes that came with it."""
    passkey = Passkey(**more)
    options = browser.ask("POST", f"{PASSKEYS}/challenge")
    assert options.status == 200, options
    answer = browser.ask("POST", PASSKEYS, passkey.make(options.body))
    assert answer.status == 200, answer
    return passkey, answer.body["codes"]


def asked(browser: Browser) -> dict[str, Any]:
    """A challenge."""
    answer = browser.ask("POST", CHALLENGE)
    assert answer.status == 200, answer
    options: dict[str, Any] = answer.body
    return options


def sign_in(browser: Browser, passkey: Passkey) -> Answer:
    """Signs in with a passkey, alone or as the second step."""
    answer = browser.ask("POST", SIGN_IN, passkey.use(asked(browser)))
    browser.greet()
    return answer
