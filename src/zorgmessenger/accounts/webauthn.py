"""What authenticators say (WebAuthn level 3), checked by Yubico's `fido2`: the relying party is the public address.

WEB-1 The challenge, the origin (exactly our address, not within another site's frame), the hash of the relying party's
      id, the presence of a person and that the authenticator verified who it is: all are checked, at both ceremonies.
WEB-2 Passkeys are discoverable, and asked for without naming any: what is answered to a stranger tells of nobody.
WEB-3 Only signatures of algorithms in use are taken (ES256, EdDSA, RS256). How an authenticator was made is not asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

ALGORITHMS = (-7, -8, -257)
"""ES256, EdDSA, RS256 (RFC 9053, RFC 8812)."""
_ALGORITHM = 3
"""The place of the algorithm in a COSE key."""


class NotOursError(Exception):
    """What was said is no answer to what was asked, whatever is wrong with it."""


def is_possible() -> bool:
    """Whether browsers make passkeys for our address: it has a name, and is reached over TLS or on this machine."""
    host = urlsplit(settings.ZORG.address).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return settings.ZORG.secure or host == "localhost"
    return False


def to_make(challenge: bytes, person: UUID, account: str, known: list[bytes]) -> dict[str, Any]:
    """What a browser needs to make a passkey that is none of `known`; `account` is what it calls the account."""
    user = PublicKeyCredentialUserEntity(id=person.bytes, name=account, display_name=account)
    options, _ = _server().register_begin(
        user,
        [PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=challenge,
    )
    return _plain(options.public_key)


def to_use(challenge: bytes) -> dict[str, Any]:
    """What a browser needs to use any passkey that there is for us. WEB-2."""
    options, _ = _server().authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED, challenge=challenge
    )
    return _plain(options.public_key)


def challenge_in(client_data: str) -> bytes:
    """The challenge that was answered.

    Raises:
        NotOursError: it holds none, or comes from within another site.
    """
    with _refusing():
        found = CollectedClientData(websafe_decode(client_data))
        _check(not found.cross_origin)
        return bytes(found.challenge)


def made(challenge: bytes, client_data: str, attestation: str) -> AttestedCredentialData:
    """The passkey that was made. WEB-1, WEB-3.

    Raises:
        NotOursError: it does not hold.
    """
    said = {"clientDataJSON": client_data, "attestationObject": attestation}
    with _refusing():
        data = _server().register_complete(_state(challenge), {"rawId": "", "response": said}).credential_data
        _check(data is not None and data.public_key[_ALGORITHM] in ALGORITHMS)
        return cast("AttestedCredentialData", data)


def used(challenge: bytes, key: AttestedCredentialData, response: dict[str, str]) -> int:
    """Checks that `key` signed; gives how often it says that it has. WEB-1.

    Raises:
        NotOursError: it does not hold.
    """
    said = {"rawId": websafe_encode(key.credential_id), "response": response}
    with _refusing():
        _server().authenticate_complete(_state(challenge), [key], said)
        return int(AuthenticatorData(websafe_decode(response["authenticatorData"])).counter)


def decoded(text: str) -> bytes:
    """Base64url, as browsers write it; nothing where it is none."""
    try:
        return websafe_decode(text)
    except ValueError:
        return b""


def _server() -> Fido2Server:
    address = settings.ZORG.address
    party = PublicKeyCredentialRpEntity(name=settings.ZORG.installation_name, id=urlsplit(address).hostname or "")
    server = Fido2Server(party, verify_origin=lambda origin: bool(origin == address))
    server.allowed_algorithms = [
        PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=one) for one in ALGORITHMS
    ]
    return server


def _state(challenge: bytes) -> dict[str, Any]:
    return {"challenge": websafe_encode(challenge), "user_verification": UserVerificationRequirement.REQUIRED}


def _plain(options: Any) -> dict[str, Any]:
    """As JSON: bytes in base64url, as `fido2` writes them."""
    told: dict[str, Any] = json.loads(json.dumps(options, default=dict))
    return told


@contextmanager
def _refusing() -> Iterator[None]:
    """A stranger's bytes: whatever their reader trips over is a refusal."""
    try:
        yield
    except Exception as error:
        raise NotOursError(str(error)) from error


def _check(holds: bool) -> None:  # noqa: FBT001  (it is the question)
    if not holds:
        raise NotOursError
