"""The sensor of the lock, over HTTP: the answers of the device's authenticator as WebAuthn's JSON has them."""

from __future__ import annotations

import base64
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StringConstraints

from zorgmessenger.accounts import app_lock_sensor
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of

router = Router(tags=["accounts"])

Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=4096)]


class Credential(Body):
    """What the authenticator made."""

    nonce: Base64
    id: Base64
    client_data: Annotated[Base64, Field(description="clientDataJSON")]
    attestation: Base64


class Assertion(Body):
    """What the authenticator signed."""

    nonce: Base64
    id: Base64
    client_data: Base64
    authenticator_data: Base64
    signature: Base64


@router.post("/me/lock/sensor", auth=SignedIn())
def add(request: HttpRequest, body: Credential) -> dict[str, str]:
    """Adds the device's sensor; gives its share, which opens nothing alone."""
    said = {"clientDataJSON": body.client_data, "attestationObject": body.attestation}
    return _share(app_lock_sensor.add(person_of(request).id, body.nonce, _response(body.id, said), origin_of(request)))


@router.delete("/me/lock/sensor", auth=SignedIn())
def remove(request: HttpRequest) -> dict[str, str]:
    """Removes it; the PIN stays."""
    app_lock_sensor.remove(person_of(request).id, origin_of(request))
    return {}


@router.post("/me/lock/open-by-sensor", auth=SignedIn())
def unlock(request: HttpRequest, body: Assertion) -> dict[str, str]:
    """Opens the lock; gives the sensor's share."""
    said = {
        "clientDataJSON": body.client_data,
        "authenticatorData": body.authenticator_data,
        "signature": body.signature,
    }
    response = _response(body.id, said)
    return _share(app_lock_sensor.unlock(person_of(request).id, body.nonce, response, origin_of(request)))


def _response(identifier: str, said: dict[str, str]) -> dict[str, Any]:
    return {"id": identifier, "rawId": identifier, "type": "public-key", "response": said}


def _share(share: bytes) -> dict[str, str]:
    return {"share": base64.urlsafe_b64encode(share).decode().rstrip("=")}
